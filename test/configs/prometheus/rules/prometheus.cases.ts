import type { AlertCase, Samples } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  services: { api: service() },
  prometheus: { remoteWrite: [{ name: "mimir", url: "https://mimir.example.com/api/v1/push" }] },
});
const labels = { job: "prometheus", instance: "localhost:9090" };
const own = (metric: string, more = ""): string =>
  `${metric}{job="prometheus",instance="localhost:9090"${more}}`;
const remote = ',remote_name="mimir",url="https://mimir.example.com/api/v1/push"';
const remoteLabels = {
  ...labels,
  remote_name: "mimir",
  url: "https://mimir.example.com/api/v1/push",
};

const behind = (seconds: number) => ({
  [own("prometheus_remote_storage_highest_timestamp_in_seconds")]: `${10_000 + seconds}+15x120`,
  [own("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", remote)]: "10000+15x120",
});
const failing = (failed: number) => ({
  [own("prometheus_remote_storage_samples_failed_total", remote)]: `0+${failed}x120`,
  [own("prometheus_remote_storage_samples_total", remote)]: `0+${1000 - failed}x120`,
});

const alerting = ',alertmanager="http://alertmanager:9093/api/v2/alerts"';
const sending = (errors: number): Samples => ({
  [own("prometheus_notifications_errors_total", alerting)]: `0+${errors}x120`,
  [own("prometheus_notifications_sent_total", alerting)]: `0+${100}x120`,
});
const queue = (length: number): Samples => ({
  [own("prometheus_notifications_queue_length")]: `${length}x60`,
  [own("prometheus_notifications_queue_capacity")]: "10000x60",
});
const stored = (blocks: number): Samples => ({
  [own("prometheus_tsdb_storage_blocks_bytes")]: `${blocks}x300`,
  [own("prometheus_tsdb_wal_storage_size_bytes")]: "50x300",
  [own("prometheus_tsdb_head_chunks_storage_size_bytes")]: "50x300",
  [own("prometheus_tsdb_retention_limit_bytes")]: "1000x300",
});
/** A counter that rises in each scrape, and one that has risen and stands still. */
const counted = (metric: string, more = ""): Pick<AlertCase, "past" | "before"> => ({
  past: { [own(metric, more)]: "0+1x900" },
  before: { [own(metric, more)]: "7x900" },
});
const info = 'ALERTS{alertname="A",alertstate="firing",severity="info",job="j",service="s"}';
const inhibiting = {
  alert: "InfoInhibitor",
  stack,
  past: { [info]: "1x40" },
  at: "2m",
  labels: { job: "j", service: "s" },
  says: "Alerts for information about sj stay quiet until something worse fires.",
} as const;

/** Prometheus' own alerts on both sides. */
export const prometheusCases: readonly AlertCase[] = [
  {
    alert: "PrometheusBadConfig",
    stack,
    past: { [own("prometheus_config_last_reload_successful")]: "0x60" },
    before: { [own("prometheus_config_last_reload_successful")]: "1x60" },
    notYet: "4m",
    at: "6m",
    labels,
    says: "localhost:9090 goes on with the configuration it had before.",
  },
  {
    ...inhibiting,
    title: "of the same service",
    before: {
      [info]: "1x40",
      'ALERTS{alertname="B",alertstate="firing",severity="warning",job="j",service="s"}': "1x40",
    },
  },
  {
    ...inhibiting,
    title: "of another service",
    past: {
      [info]: "1x40",
      'ALERTS{alertname="B",alertstate="firing",severity="critical",job="j",service="t"}': "1x40",
    },
    before: { [info.replace("firing", "pending")]: "1x40" },
  },
  {
    alert: "PrometheusRuleFailures",
    stack,
    ...counted("prometheus_rule_evaluation_failures_total", ',rule_group="redis"'),
    notYet: "14m",
    at: "25m",
    labels: { ...labels, rule_group: "redis" },
    says: "localhost:9090 fails to evaluate rules of redis, so their alerts cannot fire.",
  },
  {
    alert: "PrometheusMissingRuleEvaluations",
    stack,
    ...counted("prometheus_rule_group_iterations_missed_total", ',rule_group="redis"'),
    notYet: "14m",
    at: "25m",
    labels: { ...labels, rule_group: "redis" },
    says: "localhost:9090 leaves out evaluations of redis, because the ones before are not through.",
  },
  {
    alert: "PrometheusNotIngestingSamples",
    stack,
    past: { [own("prometheus_tsdb_head_samples_appended_total")]: "1000x120" },
    before: { [own("prometheus_tsdb_head_samples_appended_total")]: "0+1x120" },
    notYet: "9m",
    at: "20m",
    labels,
    says: "localhost:9090 runs, but stores nothing, so that no alert can fire.",
  },
  {
    alert: "PrometheusTSDBReloadsFailing",
    stack,
    ...counted("prometheus_tsdb_reloads_failures_total"),
    notYet: "55m",
    at: "75m",
    labels,
    says: "localhost:9090 could not load blocks of samples in the last 3 hours.",
  },
  {
    alert: "PrometheusTSDBCompactionsFailing",
    stack,
    ...counted("prometheus_tsdb_compactions_failed_total"),
    notYet: "55m",
    at: "75m",
    labels,
    says: "localhost:9090 could not write blocks of samples in the last 3 hours; its log grows until it can.",
  },
  {
    alert: "PrometheusSeriesHigh",
    stack,
    // 256 MiB hold 22,369 series.
    past: { [own("prometheus_tsdb_head_series")]: "17897x120" },
    before: { [own("prometheus_tsdb_head_series")]: "17895x120" },
    notYet: "14m",
    at: "17m",
    labels,
    says: "localhost:9090 holds 80.01% of the series that fit in its memory (limit 80%).",
  },
  {
    alert: "PrometheusStorageHigh",
    stack,
    past: stored(801),
    before: stored(800),
    notYet: "59m",
    at: "62m",
    labels,
    says: "localhost:9090 has filled 90.1% of its storage (limit 90%); at 100% old samples go before their time.",
  },
  {
    alert: "PrometheusNotConnectedToAlertmanagers",
    stack,
    past: { [own("prometheus_notifications_alertmanagers_discovered")]: "0x60" },
    before: { [own("prometheus_notifications_alertmanagers_discovered")]: "1x60" },
    notYet: "4m",
    at: "6m",
    labels,
    says: "localhost:9090 has nobody to send alerts to.",
  },
  {
    alert: "PrometheusErrorSendingAlertsToAnyAlertmanager",
    stack,
    past: sending(4),
    before: sending(3),
    notYet: "9m",
    at: "20m",
    labels,
    says: "localhost:9090 cannot send 4% of its alerts, whatever the Alertmanager (limit 3%).",
  },
  {
    alert: "PrometheusNotificationQueueRunningFull",
    stack,
    past: queue(5001),
    before: queue(5000),
    notYet: "4m",
    at: "6m",
    labels,
    says: "50.01% of the queue of localhost:9090 is taken (limit 50%); when it is full, alerts are dropped.",
  },
  {
    alert: "PrometheusNotificationsDropped",
    stack,
    ...counted("prometheus_notifications_dropped_total"),
    notYet: "4m",
    at: "12m",
    labels,
    says: "localhost:9090 dropped alerts in the last 5 minutes.",
  },
  {
    alert: "PrometheusScrapeSampleLimitHit",
    stack,
    ...counted("prometheus_target_scrapes_exceeded_sample_limit_total"),
    notYet: "9m",
    at: "20m",
    labels,
    says: "localhost:9090 threw whole scrapes away in the last 5 minutes, because they had too many samples.",
  },
  {
    alert: "PrometheusTargetSyncFailure",
    stack,
    ...counted("prometheus_target_sync_failed_total", ',scrape_job="api"'),
    notYet: "4m",
    at: "12m",
    labels: { ...labels, scrape_job: "api" },
    says: "localhost:9090 could not make targets for api in the last 30 minutes.",
  },
  {
    alert: "PrometheusScrapesSlow",
    stack,
    past: { [own("scrape_duration_seconds")]: "8.5x80" },
    before: { [own("scrape_duration_seconds")]: "8x80" },
    notYet: "9m",
    at: "12m",
    labels,
    says: "prometheus at localhost:9090 takes 8.5s to answer (limit 80% of 10s).",
  },
  {
    alert: "RemoteWriteBehind",
    stack,
    past: behind(121),
    before: behind(120),
    notYet: "14m",
    at: "20m",
    labels: remoteLabels,
    says: "localhost:9090 is 2m 1s behind in sending to mimir.",
  },
  {
    alert: "RemoteWriteFailing",
    stack,
    past: failing(11),
    before: failing(10),
    notYet: "14m",
    at: "25m",
    labels: remoteLabels,
    says: "mimir refuses more than 1% of the samples of localhost:9090, which are lost there.",
  },
];
