import type { AlertDefinitions } from "./alert";

/**
 * Does everything answer that watches? What is gone there takes nothing away from users, so it can
 * wait until the morning; the services have alerts of their own.
 */
export const targetAlerts = {
  TargetDown: {
    severity: "warning",
    for: "2m",
    summary: "A target that is no service cannot be scraped.",
    dashboard: "backend-overview",
  },
  ReplicaMissing: {
    severity: "warning",
    for: "2m",
    summary: "A program that watches runs fewer replicas than declared.",
    dashboard: "backend-overview",
  },
} as const satisfies AlertDefinitions;
