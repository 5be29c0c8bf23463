import { statfsSync } from "node:fs";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

const MEBIBYTE = 1024 * 1024;

/** Free space in MiB from where on it is well, and below which nothing works. */
export interface SpaceNeeds {
  readonly enough: number;
  readonly least: number;
}

/** Of the engine's data: images, volumes and logs grow by gigabytes. Least: one image of a service. */
export const ENGINE_SPACE: SpaceNeeds = { enough: 5 * 1024, least: 1024 };
/** Of the state: one update writes a few of its sizes, which are well below 10 MiB. */
export const STATE_SPACE: SpaceNeeds = { enough: 500, least: 50 };

/** How much space is free where a folder is; in MiB. @throws Error when it cannot be seen from here. */
export function freeMebibytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / MEBIBYTE);
}

/** Whether enough space is free. */
export function checkSpace(
  what: string,
  folder: string,
  needs: SpaceNeeds,
  free: (folder: string) => number = freeMebibytes,
): Diagnosis {
  let left: number;
  try {
    left = free(folder);
  } catch {
    return warn(what, `${folder} cannot be seen from here`, "Look for its free space yourself.");
  }
  const found = `${left} MiB are free in ${folder}`;
  if (left >= needs.enough) return ok(what, found);
  const toDo = `Free some; ${needs.enough} MiB are enough (docker system df shows what Docker holds).`;
  return left < needs.least ? fail(what, found, toDo) : warn(what, found, toDo);
}
