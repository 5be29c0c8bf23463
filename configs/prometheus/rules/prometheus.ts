import type { Stack } from "../../../model/stack";
import { Duration } from "../../../model/units/duration";
import { seriesCapacity } from "../../../model/workloads/prometheus";
import { alertRule } from "../alert-rule";
import type { RecordingRule, RuleGroup } from "../rule-group";
import { scrapeTimeout } from "../scrape-limits";

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export function prometheusRules(stack: Stack): RuleGroup[] {
  const { alertmanager, prometheus } = stack.settings;
  // The cluster's own Prometheus is watched by whoever runs it.
  const own = prometheus.mode === "server";
  return [
    {
      name: "prometheus",
      rules: [
        ...(own ? recordings(stack) : []),
        ...alertRule(stack, "Watchdog", () => ({
          expr: "vector(1)",
          description: "Its absence at a receiver means that alerts do not arrive.",
        })),
        ...(own ? configRules(stack) : []),
        ...(own ? storageRules(stack) : []),
        ...(own && alertmanager.enabled ? sendingRules(stack) : []),
        ...(own ? scrapeRules(stack) : []),
        ...slowScrapeRules(stack),
        ...(prometheus.remoteWrite.length > 0 ? remoteWriteRules(stack) : []),
      ],
    },
  ];
}

function recordings({ settings }: Stack): RecordingRule[] {
  return [
    {
      record: "prometheus:series_used:ratio",
      expr: `max by (job, instance) (prometheus_tsdb_head_series) / ${seriesCapacity(settings.prometheus.limits.memory)}`,
    },
    {
      record: "prometheus:storage_used:ratio",
      expr: "(max by (job, instance) (prometheus_tsdb_storage_blocks_bytes) + max by (job, instance) (prometheus_tsdb_wal_storage_size_bytes) + max by (job, instance) (prometheus_tsdb_head_chunks_storage_size_bytes)) / max by (job, instance) (prometheus_tsdb_retention_limit_bytes > 0)",
    },
  ];
}

function configRules(stack: Stack) {
  return [
    ...alertRule(stack, "PrometheusBadConfig", () => ({
      expr: "prometheus_config_last_reload_successful == 0",
      description: "{{ $labels.instance }} goes on with the configuration it had before.",
    })),
    ...alertRule(stack, "PrometheusRuleFailures", () => ({
      expr: "sum by (job, instance, rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0",
      description:
        "{{ $labels.instance }} fails to evaluate rules of {{ $labels.rule_group }}, so their alerts cannot fire.",
    })),
    ...alertRule(stack, "PrometheusMissingRuleEvaluations", () => ({
      expr: "sum by (job, instance, rule_group) (increase(prometheus_rule_group_iterations_missed_total[5m])) > 0",
      description:
        "{{ $labels.instance }} leaves out evaluations of {{ $labels.rule_group }}, because the ones before are not through.",
    })),
  ];
}

function storageRules(stack: Stack) {
  return [
    ...alertRule(stack, "PrometheusNotIngestingSamples", () => ({
      expr: "sum by (job, instance) (rate(prometheus_tsdb_head_samples_appended_total[5m])) <= 0",
      description: "{{ $labels.instance }} runs, but stores nothing, so that no alert can fire.",
    })),
    ...alertRule(stack, "PrometheusTSDBReloadsFailing", () => ({
      expr: "increase(prometheus_tsdb_reloads_failures_total[3h]) > 0",
      description: "{{ $labels.instance }} could not load blocks of samples in the last 3 hours.",
    })),
    ...alertRule(stack, "PrometheusTSDBCompactionsFailing", () => ({
      // It compacts every 2 hours.
      expr: "increase(prometheus_tsdb_compactions_failed_total[3h]) > 0",
      description:
        "{{ $labels.instance }} could not write blocks of samples in the last 3 hours; its log grows until it can.",
    })),
    ...alertRule(stack, "PrometheusSeriesHigh", ({ threshold, limit }) => ({
      expr: `prometheus:series_used:ratio > ${threshold}`,
      description: `{{ $labels.instance }} holds {{ $value | humanizePercentage }} of the series that fit in its memory (limit ${limit}).`,
    })),
    ...alertRule(stack, "PrometheusStorageHigh", ({ threshold, limit }) => ({
      expr: `prometheus:storage_used:ratio > ${threshold}`,
      description: `{{ $labels.instance }} has filled {{ $value | humanizePercentage }} of its storage (limit ${limit}); at 100% old samples go before their time.`,
    })),
  ];
}

function sendingRules(stack: Stack) {
  return [
    ...alertRule(stack, "InfoInhibitor", () => ({
      expr: 'max by (job, service) (ALERTS{alertstate="firing", severity="info"}) unless on (job, service) max by (job, service) (ALERTS{alertstate="firing", severity=~"warning|critical"})',
      description:
        "Alerts for information about {{ $labels.service }}{{ $labels.job }} stay quiet until something worse fires.",
    })),
    ...alertRule(stack, "PrometheusNotConnectedToAlertmanagers", () => ({
      expr: "prometheus_notifications_alertmanagers_discovered < 1",
      description: "{{ $labels.instance }} has nobody to send alerts to.",
    })),
    ...alertRule(
      stack,
      "PrometheusErrorSendingAlertsToAnyAlertmanager",
      ({ threshold, limit }) => ({
        // The smallest of the shares: one Alertmanager that takes all is enough.
        expr: `min by (job, instance) (sum by (job, instance, alertmanager) (rate(prometheus_notifications_errors_total[5m])) / sum by (job, instance, alertmanager) (rate(prometheus_notifications_sent_total[5m]))) > ${threshold}`,
        description: `{{ $labels.instance }} cannot send {{ $value | humanizePercentage }} of its alerts, whatever the Alertmanager (limit ${limit}).`,
      }),
    ),
    ...alertRule(stack, "PrometheusNotificationQueueRunningFull", ({ threshold, limit }) => ({
      expr: `max by (job, instance) (prometheus_notifications_queue_length) / min by (job, instance) (prometheus_notifications_queue_capacity) > ${threshold}`,
      description: `{{ $value | humanizePercentage }} of the queue of {{ $labels.instance }} is taken (limit ${limit}); when it is full, alerts are dropped.`,
    })),
    ...alertRule(stack, "PrometheusNotificationsDropped", () => ({
      expr: "increase(prometheus_notifications_dropped_total[5m]) > 0",
      description: "{{ $labels.instance }} dropped alerts in the last 5 minutes.",
    })),
  ];
}

function scrapeRules(stack: Stack) {
  return [
    ...alertRule(stack, "PrometheusScrapeSampleLimitHit", () => ({
      expr: "increase(prometheus_target_scrapes_exceeded_sample_limit_total[5m]) > 0",
      description:
        "{{ $labels.instance }} threw whole scrapes away in the last 5 minutes, because they had too many samples.",
    })),
    ...alertRule(stack, "PrometheusTargetSyncFailure", () => ({
      expr: "increase(prometheus_target_sync_failed_total[30m]) > 0",
      description:
        "{{ $labels.instance }} could not make targets for {{ $labels.scrape_job }} in the last 30 minutes.",
    })),
  ];
}

function slowScrapeRules(stack: Stack) {
  const timeout = scrapeTimeout(stack.settings.prometheus.scrapeInterval);
  const seconds = Duration.parse(timeout).seconds;
  return alertRule(stack, "PrometheusScrapesSlow", ({ threshold, limit }) => ({
    expr: `scrape_duration_seconds > ${Number((threshold * seconds).toFixed(3))}`,
    description: `{{ $labels.job }} at {{ $labels.instance }} takes {{ $value | humanizeDuration }} to answer (limit ${limit} of ${timeout}).`,
  }));
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
