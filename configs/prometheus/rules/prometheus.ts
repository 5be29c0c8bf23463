import type { Stack } from "../../../model/stack";
import type { AlertRule, RuleGroup } from "../rule-group";

/** Samples wait in the log on the volume for about 2 h; this leaves time to act. */
const BEHIND_SECONDS = 120;

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export function prometheusRules({ settings }: Stack): RuleGroup {
  return {
    name: "prometheus",
    rules: [
      {
        alert: "Watchdog",
        expr: "vector(1)",
        labels: { severity: "none" },
        annotations: {
          summary: "This alert always fires.",
          description: "Its absence at a receiver means that alerts do not arrive.",
        },
      },
      {
        alert: "PrometheusBadConfig",
        expr: "prometheus_config_last_reload_successful == 0",
        for: "5m",
        labels: { severity: "critical" },
        annotations: {
          summary: "Prometheus could not load its configuration.",
          description: "{{ $labels.instance }} goes on with the configuration it had before.",
        },
      },
      ...(settings.prometheus.remoteWrite.length > 0 ? remoteWriteRules : []),
    ],
  };
}

/** Thresholds as in Prometheus' own mixin (documentation/prometheus-mixin). */
const remoteWriteRules: readonly AlertRule[] = [
  {
    alert: "RemoteWriteBehind",
    expr: `max_over_time(prometheus_remote_storage_highest_timestamp_in_seconds[5m]) - ignoring(remote_name, url) group_right() max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m]) > ${BEHIND_SECONDS}`,
    for: "15m",
    labels: { severity: "critical" },
    annotations: {
      summary: "Samples reach a remote store late or not at all.",
      description:
        "{{ $labels.instance }} is {{ $value | humanizeDuration }} behind in sending to {{ $labels.remote_name }}.",
    },
  },
  {
    alert: "RemoteWriteFailing",
    expr: "rate(prometheus_remote_storage_samples_failed_total[5m]) > 0.01 * (rate(prometheus_remote_storage_samples_failed_total[5m]) + rate(prometheus_remote_storage_samples_total[5m]))",
    for: "15m",
    labels: { severity: "critical" },
    annotations: {
      summary: "A remote store refuses samples.",
      description:
        "{{ $labels.remote_name }} refuses more than 1 % of the samples of {{ $labels.instance }}, which are lost there.",
    },
  },
];
