import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for `work` at most `timeoutMs` milliseconds; the work itself is not stopped.
 * @throws Error "timed out after N ms", or whatever the work throws.
 */
export async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const timer = new AbortController();
  const expiry = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`timed out after ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    timer.abort();
    // The aborted timer rejects, and losing the race must not count as unhandled.
    expiry.catch(() => undefined);
  }
}
