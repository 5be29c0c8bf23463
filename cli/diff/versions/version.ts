import { existsSync } from "node:fs";
import path from "node:path";
import { holdsPlan } from "../../plan/read-plan";
import { UserError } from "../../user-error";
import { git, tryGit } from "./git";

/** A version to compare: a commit, the working tree, or what a plan wrote earlier. */
export type Version =
  | { readonly kind: "commit"; readonly commit: string; readonly shown: string }
  | { readonly kind: "tree"; readonly shown: string }
  | { readonly kind: "folder"; readonly folder: string; readonly shown: string };

const SHORT = 10;

/**
 * The version that is meant: "." or nothing is the working tree; a folder with a plan.json is that
 * plan; all else is a name that git knows.
 * @throws UserError for anything else.
 */
export function readVersion(directory: string, given: string | undefined): Version {
  if (given === undefined || given === ".") return { kind: "tree", shown: "working tree" };
  const folder = path.resolve(directory, given);
  if (holdsPlan(folder)) return { kind: "folder", folder, shown: given };
  const commit = tryGit(directory, "rev-parse", "--verify", "--quiet", `${given}^{commit}`);
  if (typeof commit === "string") return commitVersion(given, commit);
  const hint = existsSync(folder)
    ? "The folder holds no plan.json: plan with --out first."
    : "If it is a branch of a remote, git fetch it first.";
  throw new UserError(
    `${given}: found neither a version that git knows nor a folder with a plan. ${hint}`,
  );
}

/**
 * Where the work began: the last commit that HEAD has in common with the default branch.
 * @throws UserError where there is no such branch.
 */
export function startingPoint(directory: string): Version {
  const remote = tryGit(
    directory,
    "symbolic-ref",
    "--quiet",
    "--short",
    "refs/remotes/origin/HEAD",
  );
  const candidates = [
    ...(typeof remote === "string" ? [remote] : []),
    "origin/main",
    "main",
    "master",
  ];
  for (const branch of candidates) {
    const commit = tryGit(directory, "merge-base", "HEAD", branch);
    if (typeof commit === "string") return commitVersion(branch, commit);
  }
  throw new UserError(
    `Found none of ${candidates.join(", ")} to compare with. Name the version: whalewatch diff <base>.`,
  );
}

function commitVersion(name: string, commit: string): Version {
  const short = commit.slice(0, SHORT);
  return { kind: "commit", commit, shown: commit.startsWith(name) ? short : `${name} (${short})` };
}

/** Files below a folder of the project that differ between two versions; none for a plan's folder. */
export function changedBelow(
  directory: string,
  base: Version,
  head: Version,
  folder: string,
): string[] {
  if (base.kind !== "commit" || head.kind === "folder") return [];
  const versions = head.kind === "commit" ? [base.commit, head.commit] : [base.commit];
  const changed = git(directory, "diff", "--name-only", "--relative", ...versions, "--", folder);
  const untracked =
    head.kind === "tree"
      ? git(directory, "ls-files", "--others", "--exclude-standard", "--", folder)
      : "";
  return [...changed.split("\n"), ...untracked.split("\n")].filter((name) => name !== "");
}
