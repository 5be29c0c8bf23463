import type { AlertDefinitions } from "./alert";
import { duration, percent } from "./threshold";

const MIXIN = "prometheus-mixin of Prometheus";

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export const prometheusAlerts = {
  Watchdog: {
    severity: "none",
    summary: "This alert always fires.",
    dashboard: "backend-overview",
  },
  PrometheusBadConfig: {
    severity: "critical",
    for: "5m",
    summary: "Prometheus could not load its configuration.",
    dashboard: "backend-overview",
  },
  RemoteWriteBehind: {
    severity: "critical",
    for: "15m",
    // Samples wait in the log on the volume for about 2 h; this leaves time to act.
    threshold: duration({ default: "2m", lowest: "10s", highest: "2h", source: MIXIN }),
    summary: "Samples reach a remote store late or not at all.",
    dashboard: "backend-overview",
  },
  RemoteWriteFailing: {
    severity: "critical",
    for: "15m",
    threshold: percent({ default: "1%", lowest: "0%", highest: "100%", source: MIXIN }),
    summary: "A remote store refuses samples.",
    dashboard: "backend-overview",
  },
} as const satisfies AlertDefinitions;
