import { Duration } from "./units/duration";
import type { TimeOfDay } from "./units/time-of-day";

/** When a workload runs that does its work and ends. */
export interface Schedule {
  /** A whole part of a day, so that the runs are at the same times every day. */
  readonly every: Duration;
  /** One of the times at which it runs. */
  readonly at: TimeOfDay;
}

/** A schedule in words, such as `every 1d, 02:30 UTC`. */
export function describeSchedule({ every, at }: Schedule): string {
  return `every ${every.toString()}, ${at.toString()} UTC`;
}

/**
 * How long a run may take, and how late it may start: half the time to the next one, which never
 * begins beside it.
 */
export function runDeadline({ every }: Schedule): Duration {
  return Duration.seconds(Math.floor(every.seconds / 2));
}
