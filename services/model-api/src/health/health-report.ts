import { type CheckResult } from "./check-result.js";
import { type HealthStatus } from "./health-status.js";

/** The state of the whole service. */
export interface HealthReport {
  /** The worst of all checks. */
  readonly status: HealthStatus;
  readonly checks: Readonly<Record<string, CheckResult>>;
}
