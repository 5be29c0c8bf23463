import type { Stack } from "../../../model/stack";
import { alertRule } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export function prometheusRules(stack: Stack): RuleGroup[] {
  return [
    {
      name: "prometheus",
      rules: [
        ...alertRule(stack, "Watchdog", () => ({
          expr: "vector(1)",
          description: "Its absence at a receiver means that alerts do not arrive.",
        })),
        ...alertRule(stack, "PrometheusBadConfig", () => ({
          expr: "prometheus_config_last_reload_successful == 0",
          description: "{{ $labels.instance }} goes on with the configuration it had before.",
        })),
        ...(stack.settings.prometheus.remoteWrite.length > 0 ? remoteWriteRules(stack) : []),
      ],
    },
  ];
}

function remoteWriteRules(stack: Stack) {
  return [
    ...alertRule(stack, "RemoteWriteBehind", ({ threshold }) => ({
      expr: `max_over_time(prometheus_remote_storage_highest_timestamp_in_seconds[5m]) - ignoring(remote_name, url) group_right() max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m]) > ${threshold}`,
      description:
        "{{ $labels.instance }} is {{ $value | humanizeDuration }} behind in sending to {{ $labels.remote_name }}.",
    })),
    ...alertRule(stack, "RemoteWriteFailing", ({ threshold, limit }) => ({
      expr: `rate(prometheus_remote_storage_samples_failed_total[5m]) > ${threshold} * (rate(prometheus_remote_storage_samples_failed_total[5m]) + rate(prometheus_remote_storage_samples_total[5m]))`,
      description: `{{ $labels.remote_name }} refuses more than ${limit} of the samples of {{ $labels.instance }}, which are lost there.`,
    })),
  ];
}
