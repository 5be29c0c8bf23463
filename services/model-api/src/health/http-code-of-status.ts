import { type HealthStatus } from "./health-status.js";

/** The HTTP code of a health answer: 503 when requests should go elsewhere, else 200. */
export function httpCodeOfStatus(status: HealthStatus): 200 | 503 {
  return status === "unhealthy" || status === "critical" ? 503 : 200;
}
