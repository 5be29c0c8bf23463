import { spawnSync } from "node:child_process";

/** Whether a file is as it was committed; `untold` outside a repository. */
export type GitStatus = "clean" | "changed" | "untold";

/** Asks git whether a file has changes that are not committed; a file that git ignores has none. */
export function gitStatus(directory: string, file: string): GitStatus {
  const { status, stdout } = spawnSync(
    "git",
    ["-C", directory, "status", "--porcelain", "--", file],
    { encoding: "utf8" },
  );
  if (status !== 0) return "untold";
  return stdout === "" ? "clean" : "changed";
}
