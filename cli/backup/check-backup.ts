import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { Stack } from "../../model/stack";
import type { Obstacle } from "../checks/check";
import { isDumped } from "./holders";
import type { BackupEntry, Manifest } from "./manifest";
import { measureFile } from "./measured-file";

const ANOTHER = "Take another backup: part of this one is lost.";

/** Is each file of a backup there, as long as it was and with the same bytes? */
export async function checkFiles(
  folder: string,
  entries: readonly BackupEntry[],
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = [];
  for (const { file, bytes, sha256 } of entries) {
    const location = path.join(folder, file);
    const problem = !existsSync(location)
      ? `${file} is missing.`
      : statSync(location).size !== bytes
        ? `${file} has ${statSync(location).size} bytes; the backup had ${bytes}.`
        : (await measureFile(location)).sha256 !== sha256
          ? `${file} has other bytes than the backup had.`
          : undefined;
    if (problem !== undefined) obstacles.push({ problem, remedy: ANOTHER });
  }
  return obstacles;
}

/** What a backup is to be restored into. */
export interface Target {
  readonly stack: Pick<Stack, "project" | "name" | "workloads">;
  /** The major version of the server that runs; undefined where no database is restored. */
  readonly postgresMajor: number | undefined;
  /** The backup may be another stack's. */
  readonly fromOtherStack: boolean;
}

/** Is it this stack's, does the stack have what it is for, and is that not older than the backup? */
export function checkTarget(
  { project, stack: name }: Pick<Manifest, "project" | "stack">,
  entries: readonly BackupEntry[],
  { stack, postgresMajor, fromOtherStack }: Target,
): Obstacle[] {
  const own = project === stack.project && name === stack.name;
  const foreign = {
    problem: `The backup is of ${project}/${name}, and this is ${stack.project}/${stack.name}.`,
    remedy: "If that is what you want: --from-other-stack.",
  };
  return [
    ...(own || fromOtherStack ? [] : [foreign]),
    ...entries.flatMap((entry) => entryObstacles(entry, stack.workloads, postgresMajor)),
  ];
}

function entryObstacles(
  { kind, workload, name, version }: BackupEntry,
  workloads: Target["stack"]["workloads"],
  postgresMajor: number | undefined,
): Obstacle[] {
  const found = workloads.find((candidate) => candidate.name === workload);
  if (found === undefined) {
    return [
      {
        problem: `The backup has ${kind} ${name} of ${workload}, which the stack does not have.`,
        remedy: "Declare it, or name what to restore: --only.",
      },
    ];
  }
  if (isDumped(workload)) {
    if (postgresMajor === undefined || postgresMajor >= Number(version)) return [];
    return [
      {
        problem: `${name} was dumped by PostgreSQL ${version}, and the stack has ${postgresMajor}.`,
        remedy: "A dump fits its own major version and newer ones: raise the image.",
      },
    ];
  }
  if (!found.volumes.some((volume) => volume.path === name)) {
    return [
      {
        problem: `The backup has ${name} of ${workload}, where the stack has no volume.`,
        remedy: "Declare the volume, or name what to restore: --only.",
      },
    ];
  }
  if (!isOlder(found.image, version)) return [];
  return [
    {
      problem: `${name} of ${workload} was written by ${version}, and the stack has ${found.image}.`,
      remedy: "Older programs do not read what newer ones wrote: use an image at least as new.",
    },
  ];
}

/** Whether an image is not known to be at least as new as another: an older tag, or one without a version. */
function isOlder(image: string, than: string): boolean {
  if (image === than) return false;
  const [mine, theirs] = [versionOf(image), versionOf(than)];
  if (mine === undefined || theirs === undefined) return true;
  const length = Math.max(mine.length, theirs.length);
  for (let index = 0; index < length; index++) {
    const difference = (mine[index] ?? 0) - (theirs[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The numbers of a tag such as `v3.5.3-kubernetes`; undefined for a digest or a word. */
function versionOf(image: string): number[] | undefined {
  const [, numbers] = /:v?(\d+(?:\.\d+)*)(?:[^@/]*)(?:@.*)?$/.exec(image.replace(/@.*/, "")) ?? [];
  return numbers?.split(".").map(Number);
}
