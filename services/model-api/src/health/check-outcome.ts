import { type HealthStatus } from "./health-status.js";

/** What one check found. */
export interface CheckOutcome {
  readonly status: HealthStatus;
  /** Figures behind the status; names carry their unit. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}
