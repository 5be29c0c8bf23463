import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import path from "node:path";
import { z } from "zod";

const FILE_BACKEND = "file://";
const lockSchema = z.object({ pid: z.number(), hostname: z.string() });

/** Who holds the lock of a stack in a local backend; undefined when nobody does. */
export interface LockHolder {
  readonly pid: number;
  readonly hostname: string;
  /** The process was on this machine and is gone. */
  readonly dead: boolean;
}

/** Looks for a lock that a killed update left behind. Backends other than file:// are not looked at. */
export function findLock(
  backend: string | undefined,
  project: string,
  stack: string,
): LockHolder | undefined {
  if (backend?.startsWith(FILE_BACKEND) !== true) return undefined;
  const folder = path.join(folderOf(backend), ".pulumi/locks/organization", project, stack);
  const [file] = existsSync(folder) ? readdirSync(folder) : [];
  if (file === undefined) return undefined;
  const lock = lockSchema.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8")));
  return { ...lock, dead: lock.hostname === hostname() && !isAlive(lock.pid) };
}

/** Pulumi allows file://~ and file://./state, which are no URLs of files, and options after a `?`. */
function folderOf(backend: string): string {
  const [written = ""] = backend.slice(FILE_BACKEND.length).split("?");
  return path.resolve(written.replace(/^~(?=\/|$)/, homedir()));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !hasEnded(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether it is there only until somebody asks how it ended (a zombie); Linux alone tells. */
function hasEnded(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  const [, state] = /^.*\) (\S)/s.exec(readFileSync(file, "utf8")) ?? [];
  return state === "Z" || state === "X";
}
