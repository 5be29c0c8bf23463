import type { AlertDefinitions } from "./alert";
import { latency } from "./threshold";

/** What is seen from outside the services. */
export const probeAlerts = {
  ServiceProbeSlow: {
    severity: "warning",
    for: "5m",
    threshold: latency({
      default: "1s",
      lowest: "10ms",
      highest: "5s",
      source: "awesome-prometheus-alerts; a probe gives up after 5 s",
    }),
    summary: "A service's health path answers slowly.",
    dashboard: "service",
    per: "service",
  },
} as const satisfies AlertDefinitions;
