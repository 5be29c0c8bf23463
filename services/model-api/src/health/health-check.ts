import { type CheckOutcome } from "./check-outcome.js";

/** One thing that must work for the service to be well. */
export interface HealthCheck {
  readonly name: string;
  /** Looks now; a rejection or no answer in time counts as unhealthy. */
  run(): Promise<CheckOutcome>;
}
