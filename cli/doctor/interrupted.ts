import type { LockHolder } from "../pulumi/stale-lock";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

/** What there is of updates that did not come to their end. */
export interface Traces {
  readonly lock: LockHolder | undefined;
  /** Whether the lock of an update that runs would be seen. */
  readonly locksAreSeen: boolean;
  readonly pendingCreates: number;
  /** In words. */
  readonly leftovers: readonly string[];
}

/** Whether an update runs or was interrupted, told in a sentence. */
export function checkInterrupted(
  { lock, locksAreSeen, pendingCreates, leftovers }: Traces,
  stack: string,
  fix: string,
): Diagnosis {
  if (lock !== undefined && !lock.dead) {
    const toDo = `Wait for it to end; if that process is gone: npm run pulumi -- cancel --stack ${stack}`;
    return warn("update", `${lock.name} is updating the stack`, toDo);
  }
  const creations =
    pendingCreates === 1 ? "1 unfinished creation" : `${pendingCreates} unfinished creations`;
  const traces = [
    ...(lock === undefined ? [] : [`the lock of ${lock.name}, which is gone`]),
    ...(pendingCreates === 0 ? [] : [`${creations} in the state`]),
    ...(leftovers.length === 0 ? [] : [`${leftovers.join(", ")}, not in the state`]),
  ];
  if (traces.length === 0) {
    const none = locksAreSeen ? "none runs, and none was interrupted" : "none was interrupted";
    return ok("update", none);
  }
  if (!locksAreSeen) {
    return fail(
      "update",
      `An update runs elsewhere, whose lock cannot be seen from here, or one was interrupted and left behind: ${traces.join("; ")}. Data is safe.`,
      `If none runs: ${fix}`,
    );
  }
  return fail(
    "update",
    `An update was interrupted and left behind: ${traces.join("; ")}. Names are taken by that and the next plain pulumi up fails; data is safe.`,
    fix,
  );
}
