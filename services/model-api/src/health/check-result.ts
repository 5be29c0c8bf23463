import { type CheckOutcome } from "./check-outcome.js";

/** One check's part of the health answer. */
export interface CheckResult extends CheckOutcome {
  readonly responseTimeMs: number;
  /** Why the check could not be made; absent when it could. */
  readonly error?: string;
}
