import { findWorkload, type Stack } from "../../../model/stack";
import { ALERTMANAGER } from "../../../model/workloads/alertmanager";
import { alertRule } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Alertmanager: does what Prometheus sends arrive with people? */
export function alertmanagerRules(stack: Stack): RuleGroup[] {
  const alertmanager = findWorkload(stack, ALERTMANAGER);
  if (!alertmanager) return [];
  const { replicas } = alertmanager;
  return [
    {
      name: "alertmanager",
      rules: [
        ...alertRule(stack, "AlertmanagerFailedReload", () => ({
          expr: "alertmanager_config_last_reload_successful == 0",
          description: "{{ $labels.instance }} goes on with the configuration it had before.",
        })),
        ...alertRule(stack, "AlertmanagerFailedToSendAlerts", ({ threshold, limit }) => ({
          expr: `sum by (job, instance, integration) (rate(alertmanager_notifications_failed_total[5m])) / sum by (job, instance, integration) (rate(alertmanager_notifications_total[5m])) > ${threshold}`,
          description: `{{ $labels.instance }} fails to send {{ $value | humanizePercentage }} of what goes by {{ $labels.integration }} (limit ${limit}).`,
        })),
        ...(replicas > 1
          ? alertRule(stack, "AlertmanagerMembersInconsistent", () => ({
              expr: `max by (job, instance) (alertmanager_cluster_members) < ${replicas}`,
              description: `{{ $labels.instance }} knows {{ $value }} of ${replicas} replicas, so that each may send what another has sent.`,
            }))
          : []),
      ],
    },
  ];
}
