import type { AlertDefinitions } from "./alert";
import { duration, latency } from "./threshold";

/** What is probed outside the stack. */
export const outsideProbeAlerts = {
  ProbeFailed: {
    severity: "critical",
    // At least two failures in a row, however seldom it is asked.
    for: "3m",
    summary: "A URL outside the stack does not answer as it should.",
    dashboard: "outside-probes",
    per: "probe",
  },
  ProbeSlow: {
    severity: "warning",
    for: "10m",
    threshold: latency({
      default: "2s",
      lowest: "10ms",
      highest: "2m",
      source: "from the first look-up of the name to the end of the answer",
    }),
    summary: "A URL outside the stack answers slowly.",
    dashboard: "outside-probes",
    per: "probe",
  },
  ProbeCertificateExpiring: {
    severity: "warning",
    for: "10m",
    threshold: duration({
      default: "14d",
      lowest: "1h",
      highest: "365d",
      source: "before its end; one of 90 days is renewed 30 days before, so a renewal has failed",
    }),
    summary: "A certificate outside the stack ends soon and has not been renewed.",
    dashboard: "outside-probes",
    per: "probe",
  },
  ProbeCertificateNearlyExpired: {
    severity: "critical",
    for: "10m",
    threshold: duration({
      default: "3d",
      lowest: "1h",
      highest: "365d",
      source: "before its end; awesome-prometheus-alerts",
    }),
    summary: "A certificate outside the stack ends within days.",
    dashboard: "outside-probes",
    per: "probe",
  },
} as const satisfies AlertDefinitions;
