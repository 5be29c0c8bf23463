import type { AlertDefinitions } from "./alert";
import { percent } from "./threshold";

/** Alertmanager: does what Prometheus sends arrive with people? */
export const alertmanagerAlerts = {
  AlertmanagerFailedReload: {
    severity: "critical",
    for: "5m",
    summary: "Alertmanager could not load its configuration.",
    dashboard: "monitoring",
  },
  AlertmanagerFailedToSendAlerts: {
    severity: "critical",
    for: "5m",
    threshold: percent({
      default: "1%",
      lowest: "0%",
      highest: "100%",
      source: "alertmanager-mixin of Alertmanager",
    }),
    summary: "Notifications do not arrive.",
    dashboard: "monitoring",
  },
  AlertmanagerMembersInconsistent: {
    severity: "critical",
    for: "15m",
    summary: "Alertmanager replicas do not find each other.",
    dashboard: "monitoring",
  },
} as const satisfies AlertDefinitions;
