import type { AlertDefinitions } from "./alert";

/** Is everything that is declared there, seen from inside (scrapes) and outside (probes)? */
export const targetAlerts = {
  TargetDown: {
    severity: "critical",
    for: "2m",
    summary: "A target cannot be scraped.",
    dashboard: "backend-overview",
  },
  ReplicaMissing: {
    severity: "critical",
    for: "2m",
    summary: "A workload runs fewer replicas than declared.",
    dashboard: "backend-overview",
  },
  ProbeFailed: {
    severity: "critical",
    for: "2m",
    summary: "A service says it is not well.",
    dashboard: "backend-overview",
  },
} as const satisfies AlertDefinitions;
