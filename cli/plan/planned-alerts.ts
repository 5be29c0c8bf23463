import { ruleGroups } from "../../configs/prometheus/mounts";
import { alertsOf } from "../../configs/prometheus/rule-group";
import type { Stack } from "../../model/stack";
import { PROMETHEUS } from "../../model/workloads/prometheus";
import { findWorkload } from "../../model/stack";
import type { Plan } from "./plan";

/** Every alerting rule that the stack's Prometheus will load; none without Prometheus. */
export function plannedAlerts(stack: Stack): Plan["alerts"] {
  if (!findWorkload(stack, PROMETHEUS)) return [];
  return ruleGroups(stack).flatMap((group) =>
    alertsOf(group).map(({ alert, labels, expr, for: held }) => ({
      group: group.name,
      name: alert,
      severity: labels.severity,
      for: held ?? null,
      expr,
    })),
  );
}
