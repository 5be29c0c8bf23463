import type { AlertDefinitions } from "./alert";
import { percent } from "./threshold";

/** What runs against its own limits, on either platform. */
export const containerAlerts = {
  ContainerMemoryNearLimit: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "99%",
      source: "the share at which the reference service calls itself unhealthy",
    }),
    summary: "A container has nearly used up its memory.",
    dashboard: "containers",
  },
  ContainerCpuThrottled: {
    severity: "info",
    for: "15m",
    threshold: percent({
      default: "25%",
      lowest: "1%",
      highest: "100%",
      source: "kubernetes-mixin",
    }),
    summary: "A container has to wait for CPU.",
    dashboard: "containers",
  },
} as const satisfies AlertDefinitions;
