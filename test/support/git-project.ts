import { execFileSync } from "node:child_process";
import { temporaryFolder } from "./temporary-folder";

/** A repository of its own with these files in one commit, on the branch main. */
export function gitProject(
  context: { after(clean: () => void): void },
  files: Readonly<Record<string, string>>,
): { readonly folder: string; readonly git: (...args: readonly string[]) => string } {
  const folder = temporaryFolder(context, files);
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: folder },
    }).trim();
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  return { folder, git };
}
