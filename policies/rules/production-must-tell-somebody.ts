import { receiversOf } from "../../model/alert-routing";
import type { StackPolicy } from "../policy";

/** A page that nobody looks at at night tells nobody. */
export const productionMustTellSomebody: StackPolicy = {
  name: "production-must-tell-somebody",
  description: "In production somebody is told of critical alerts.",
  remedy: "Name a receiver in alerts.receivers (docs/alerting.md).",
  level: "mandatory",
  scope: "stack",
  check: (_, { stack: { settings } }, report) => {
    const { policies, monitoring, prometheus, alerts } = settings;
    if (!policies.production) return;
    if (!monitoring.enabled) {
      report("Monitoring is switched off, so nobody learns that anything is wrong.");
      return;
    }
    // The cluster's own Alertmanager has routes of its own, which this program does not know.
    if (prometheus.mode === "operator") return;
    if (receiversOf(alerts, "critical").length === 0) report("Nobody is told of critical alerts.");
  },
};
