import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import path from "node:path";
import { z } from "zod";

const FILE_BACKEND = "file://";
const lockSchema = z.object({ pid: z.number(), hostname: z.string() });

/** Who holds the lock of a stack in a local backend; undefined when nobody does. */
export interface LockHolder {
  /** In words, such as `process 4711 on laptop`. */
  readonly name: string;
  /** The process was on this machine and is gone, or nobody can say any more which one it was. */
  readonly dead: boolean;
}

/** Whether locks of the backend can be seen from here: of file:// alone, since others keep them elsewhere. */
export function locksAreSeen(backend: string | undefined): boolean {
  return backend?.startsWith(FILE_BACKEND) === true;
}

/**
 * Looks for whoever holds the lock of a stack; where it is several, for one that lives. Backends
 * other than file:// are not looked at.
 */
export function findLock(
  backend: string | undefined,
  project: string,
  stack: string,
): LockHolder | undefined {
  if (backend === undefined || !locksAreSeen(backend)) return undefined;
  const folder = path.join(folderOf(backend), ".pulumi/locks/organization", project, stack);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const holders = files.map((file) => holderOf(path.join(folder, file)));
  return holders.find(({ dead }) => !dead) ?? holders[0];
}

/** Pulumi writes a lock at once and whole, so one that cannot be read was broken by a crash or a full disk. */
function holderOf(file: string): LockHolder {
  const lock = lockSchema.safeParse(parsed(readFileSync(file, "utf8")));
  if (!lock.success) return { name: "an unknown process", dead: true };
  const { pid, hostname: host } = lock.data;
  return { name: `process ${pid} on ${host}`, dead: host === hostname() && !isAlive(pid) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
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
