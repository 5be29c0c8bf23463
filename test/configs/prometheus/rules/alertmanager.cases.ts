import type { AlertCase, Samples } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { api: service() } });
const three = stackFrom({ platform: "kubernetes", alertmanager: { replicas: 3 } });
const labels = { job: "alertmanager", instance: "alertmanager:9093" };
const series = (metric: string, more = ""): string =>
  `${metric}{job="${labels.job}",instance="${labels.instance}"${more}}`;

const telegram = ',integration="telegram"';
const sent = (failed: number): Samples => ({
  [series("alertmanager_notifications_failed_total", `${telegram},reason="other"`)]:
    `0+${failed}x80`,
  [series("alertmanager_notifications_failed_total", `${telegram},reason="serverError"`)]: "0x80",
  [series("alertmanager_notifications_total", telegram)]: "0+100x80",
});

/** Alertmanager's alerts on both sides of their thresholds. */
export const alertmanagerCases: readonly AlertCase[] = [
  {
    alert: "AlertmanagerFailedReload",
    stack,
    past: { [series("alertmanager_config_last_reload_successful")]: "0x60" },
    before: { [series("alertmanager_config_last_reload_successful")]: "1x60" },
    notYet: "4m",
    at: "6m",
    labels,
    says: "alertmanager:9093 goes on with the configuration it had before.",
  },
  {
    alert: "AlertmanagerFailedToSendAlerts",
    stack,
    past: sent(2),
    before: sent(1),
    notYet: "4m",
    at: "12m",
    labels: { ...labels, integration: "telegram" },
    says: "alertmanager:9093 fails to send 2% of what goes by telegram (limit 1%).",
  },
  {
    alert: "AlertmanagerMembersInconsistent",
    stack: three,
    past: { [series("alertmanager_cluster_members")]: "2x120" },
    before: { [series("alertmanager_cluster_members")]: "3x120" },
    notYet: "14m",
    at: "17m",
    labels,
    says: "alertmanager:9093 knows 2 of 3 replicas, so that each may send what another has sent.",
  },
];
