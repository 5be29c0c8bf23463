import { receiversOf } from "../../model/alert-routing";
import { ROUTED_SEVERITIES } from "../../model/settings/alert-routes";
import type { StackPolicy } from "../policy";

/** An alert that nobody gets is one that nobody needed, or one that is missed. */
export const alertsMustBeRouted: StackPolicy = {
  name: "alerts-must-be-routed",
  description: "Where there are receivers, alerts of every severity and team go to one of them.",
  remedy: "Name a receiver in alerts.routes, or switch off the alerts that nobody needs.",
  level: "advisory",
  scope: "stack",
  check: (_, { stack: { settings } }, report) => {
    const { alerts, services, monitoring } = settings;
    if (!monitoring.enabled || Object.keys(alerts.receivers).length === 0) return;
    const teams = [
      undefined,
      ...new Set(Object.values(services).flatMap(({ team }) => team ?? [])),
    ];
    for (const team of teams) {
      for (const severity of ROUTED_SEVERITIES) {
        if (receiversOf(alerts, severity, team).length > 0) continue;
        const whose = team === undefined ? "" : ` of the team ${team}`;
        report(`Alerts${whose} of severity ${severity} go to nobody.`);
      }
    }
  },
};
