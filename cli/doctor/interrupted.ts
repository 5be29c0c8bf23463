import type { LockHolder } from "../pulumi/stale-lock";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

/** What there is of updates that did not come to their end. */
export interface Traces {
  readonly lock: LockHolder | undefined;
  readonly pendingCreates: number;
  /** In words. */
  readonly leftovers: readonly string[];
}

/** Whether an update runs or was interrupted, told in a sentence. */
export function checkInterrupted(
  { lock, pendingCreates, leftovers }: Traces,
  fix: string,
): Diagnosis {
  if (lock !== undefined && !lock.dead) {
    const found = `process ${lock.pid} on ${lock.hostname} is updating the stack`;
    const toDo = "Wait for it to end; if that process is gone: npm run pulumi -- cancel";
    return warn("update", found, toDo);
  }
  const creations =
    pendingCreates === 1 ? "1 unfinished creation" : `${pendingCreates} unfinished creations`;
  const traces = [
    ...(lock === undefined ? [] : [`the lock of process ${lock.pid}, which is gone`]),
    ...(pendingCreates === 0 ? [] : [`${creations} in the state`]),
    ...(leftovers.length === 0 ? [] : [`${leftovers.join(", ")}, not in the state`]),
  ];
  if (traces.length === 0) return ok("update", "none runs, and none was interrupted");
  return fail(
    "update",
    `An update was interrupted and left behind: ${traces.join("; ")}. Names are taken by that and the next plain pulumi up fails; data is safe.`,
    fix,
  );
}
