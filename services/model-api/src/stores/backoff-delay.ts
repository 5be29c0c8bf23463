const FIRST_MS = 100;
const LONGEST_MS = 5000;

/**
 * How long to wait before the next attempt to reach a server, in milliseconds: doubling from 100
 * to 5000, less up to a quarter at random so that several services do not knock in step.
 * @param retries how many attempts have failed before, from 0.
 */
export function backoffDelay(retries: number): number {
  return Math.min(FIRST_MS * 2 ** retries, LONGEST_MS) * (1 - Math.random() / 4);
}
