import { execFileSync } from "node:child_process";
import { temporaryFolder } from "./temporary-folder";

/** Runs git in a folder, as nobody in particular and with nobody's settings. */
export function git(folder: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  return execFileSync("git", [...who, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder },
  }).trim();
}

/** Makes a folder a repository with everything in it in one commit, on the branch main. */
export function commitAll(folder: string): void {
  git(folder, "init", "--quiet", "--template=", "--initial-branch", "main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "first");
}

/** A repository of its own with these files in one commit, on the branch main. */
export function gitProject(
  context: { after(clean: () => void): void },
  files: Readonly<Record<string, string>>,
): { readonly folder: string; readonly git: (...args: readonly string[]) => string } {
  const folder = temporaryFolder(context, files);
  commitAll(folder);
  return { folder, git: (...args) => git(folder, ...args) };
}
