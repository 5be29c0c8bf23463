import type { AlertDefinitions } from "./alert";
import { duration } from "./threshold";

/** Services that hold a model. */
export const modelAlerts = {
  ServiceModelNotLoaded: {
    severity: "critical",
    for: "2m",
    summary: "A service runs without its model.",
    dashboard: "models",
    per: "service",
  },
  ServiceMetricsStale: {
    severity: "warning",
    for: "5m",
    threshold: duration({
      default: "5m",
      lowest: "1m",
      highest: "1d",
      source: "twenty scrapes at the usual interval",
    }),
    summary: "A service's gauges are old: somebody answers in its place, or it no longer measures.",
    dashboard: "models",
    per: "service",
  },
  ServiceMetricsFrozen: {
    severity: "warning",
    for: "15m",
    summary: "A service's gauges never change, as if somebody had made them up.",
    dashboard: "models",
    per: "service",
  },
} as const satisfies AlertDefinitions;
