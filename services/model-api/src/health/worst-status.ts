import { type HealthStatus } from "./health-status.js";

const SEVERITY: Readonly<Record<HealthStatus, number>> = {
  healthy: 0,
  warning: 1,
  degraded: 2,
  unhealthy: 3,
  critical: 4,
};

/** The worst of the given statuses; "healthy" when there is none. */
export function worstStatus(statuses: readonly HealthStatus[]): HealthStatus {
  return statuses.reduce<HealthStatus>(
    (worst, status) => (SEVERITY[status] > SEVERITY[worst] ? status : worst),
    "healthy",
  );
}
