import { execFileSync } from "node:child_process";
import { UserError } from "../../user-error";

/**
 * What git prints, without the line's end.
 * @throws UserError with git's own words.
 */
export function git(directory: string, ...args: readonly string[]): string {
  const output = tryGit(directory, ...args);
  if (typeof output === "string") return output;
  throw new UserError(`git ${args.join(" ")} failed in ${directory}: ${output.message}`);
}

/** The same, with the failure as a value. */
export function tryGit(directory: string, ...args: readonly string[]): string | Error {
  try {
    return execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trimEnd();
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    return new Error(said === "" ? "git is not installed, or it ended without a word" : said);
  }
}
