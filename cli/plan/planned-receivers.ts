import { receiversOf } from "../../model/alert-routing";
import { ROUTED_SEVERITIES } from "../../model/settings/alert-routes";
import { RECEIVER_KINDS } from "../../model/settings/receivers";
import { findWorkload, type Stack } from "../../model/stack";
import { ALERTMANAGER } from "../../model/workloads/alertmanager";
import type { Plan } from "./plan";

/** Who is told, by what channel, of which severities of all services or of which teams'; none without Alertmanager. */
export function plannedReceivers(stack: Stack): Plan["receivers"] {
  if (!findWorkload(stack, ALERTMANAGER)) return [];
  const { alerts } = stack.settings;
  const told = (name: string, team?: string): string[] =>
    ROUTED_SEVERITIES.filter((severity) => receiversOf(alerts, severity, team).includes(name));
  return Object.entries(alerts.receivers).map(([name, receiver]) => ({
    name,
    kind: RECEIVER_KINDS.find((kind) => receiver[kind] !== undefined) ?? "none",
    severities: told(name),
    teams: Object.fromEntries(
      Object.keys(alerts.routes.teams)
        .map((team) => [team, told(name, team)] as const)
        .filter(([, severities]) => severities.length > 0),
    ),
  }));
}
