import { spawnSync } from "node:child_process";

/**
 * The project's files that are not as they were committed, new ones too; those that git ignores are
 * somebody's own. Undefined outside a repository, and where there is no git.
 */
export function uncommittedFiles(directory: string): readonly string[] | undefined {
  const { status, stdout } = spawnSync(
    "git",
    ["status", "--porcelain", "-z", "--no-renames", "."],
    {
      cwd: directory,
      encoding: "utf8",
    },
  );
  if (status !== 0) return undefined;
  const entries = stdout.split("\0").filter((entry) => entry !== "");
  return entries.map((entry) => entry.slice("XY ".length));
}
