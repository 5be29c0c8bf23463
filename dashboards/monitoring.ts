import {
  BytesIEC,
  OpsPerSecond,
  PercentUnit,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import { findWorkload, type Stack } from "../model/stack";
import { ALERTMANAGER } from "../model/workloads/alertmanager";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** The monitoring itself: does it see, remember and speak? */
export function monitoringDashboard(stack: Stack): NamedDashboard {
  return buildDashboard("monitoring", "Monitoring itself", [
    { title: "Health", panels: healthPanels(stack) },
    { title: "Scrapes", panels: scrapes },
    { title: "Storage", panels: storagePanels(stack) },
    { title: "Rules", panels: rules },
    { title: "Alerts on their way", panels: sendingPanels(stack) },
  ]);
}

function healthPanels(stack: Stack): PanelSpec[] {
  return [
    {
      kind: "stat",
      title: "Configuration loaded",
      description:
        "Is 1 while every Prometheus runs with the configuration that it was last given.",
      unit: Short,
      queries: [{ expr: "min(prometheus_config_last_reload_successful)", legend: "loaded" }],
      alarmBelow: 1,
    },
    ...(findWorkload(stack, ALERTMANAGER)
      ? [
          {
            kind: "stat",
            title: "Routes loaded",
            description:
              "Is 1 while every Alertmanager runs with the configuration that it was last given.",
            unit: Short,
            queries: [
              { expr: "min(alertmanager_config_last_reload_successful)", legend: "loaded" },
            ],
            alarmBelow: 1,
          } satisfies PanelSpec,
        ]
      : []),
    {
      kind: "stat",
      title: "Targets down",
      description: "Targets, the monitoring's own included, that do not answer a scrape.",
      unit: Short,
      queries: [{ expr: "count(up == 0) or vector(0)", legend: "down" }],
      alarm: 1,
    },
  ];
}

const scrapes: readonly PanelSpec[] = [
  {
    kind: "timeseries",
    title: "Memory of what watches",
    description: "Resident memory of Prometheus and all that is around it, by job.",
    unit: BytesIEC,
    queries: [
      {
        expr: 'sum by (job) (process_resident_memory_bytes{role!="service"})',
        legend: "{{job}}",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Time to scrape",
    description: "The slowest target of each job.",
    unit: Seconds,
    queries: [{ expr: "max by (job) (scrape_duration_seconds)", legend: "{{job}}" }],
  },
  {
    kind: "timeseries",
    title: "Samples by job",
    description: "What one scrape of all targets of a job brings; a jump is a new label.",
    unit: Short,
    queries: [{ expr: "sum by (job) (scrape_samples_post_metric_relabeling)", legend: "{{job}}" }],
  },
  {
    kind: "timeseries",
    title: "Samples refused",
    description:
      "Samples a second that came late, twice or in the wrong order; scrapes over the limit.",
    unit: OpsPerSecond,
    queries: [
      {
        expr: `sum(rate(prometheus_target_scrapes_sample_duplicate_timestamp_total[${WINDOW}]))`,
        legend: "twice",
      },
      {
        expr: `sum(rate(prometheus_target_scrapes_sample_out_of_order_total[${WINDOW}]))`,
        legend: "wrong order",
      },
      {
        expr: `sum(rate(prometheus_target_scrapes_sample_out_of_bounds_total[${WINDOW}]))`,
        legend: "too old",
      },
      {
        expr: `sum(rate(prometheus_target_scrapes_exceeded_sample_limit_total[${WINDOW}]))`,
        legend: "scrapes over the limit",
      },
    ],
  },
];

const storagePanels = (stack: Stack): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Series",
    description: "Series in memory as a share of what the memory limit holds.",
    unit: PercentUnit,
    queries: [{ expr: "max by (instance) (prometheus:series_used:ratio)", legend: "{{instance}}" }],
    ...alarmOf(stack.settings, "PrometheusSeriesHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Storage",
    description: "Samples and log on disk as a share of what they may take.",
    unit: PercentUnit,
    queries: [
      { expr: "max by (instance) (prometheus:storage_used:ratio)", legend: "{{instance}}" },
    ],
    ...alarmOf(stack.settings, "PrometheusStorageHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Samples stored",
    description: "Samples a second.",
    unit: OpsPerSecond,
    queries: [
      {
        expr: `sum by (instance) (rate(prometheus_tsdb_head_samples_appended_total[${WINDOW}]))`,
        legend: "{{instance}}",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Storage failures",
    description:
      "Failed compactions, loads of blocks and log writes a second; never anything but 0.",
    unit: OpsPerSecond,
    queries: [
      {
        expr: `sum(rate(prometheus_tsdb_compactions_failed_total[${WINDOW}]))`,
        legend: "compactions",
      },
      { expr: `sum(rate(prometheus_tsdb_reloads_failures_total[${WINDOW}]))`, legend: "loads" },
      { expr: `sum(rate(prometheus_tsdb_wal_writes_failed_total[${WINDOW}]))`, legend: "log" },
    ],
  },
];

const rules: readonly PanelSpec[] = [
  {
    kind: "timeseries",
    title: "Rules that fail",
    description:
      "Evaluations a second that failed, and rounds left out because the last took too long.",
    unit: OpsPerSecond,
    queries: [
      {
        expr: `sum(rate(prometheus_rule_evaluation_failures_total[${WINDOW}]))`,
        legend: "failed",
      },
      {
        expr: `sum(rate(prometheus_rule_group_iterations_missed_total[${WINDOW}]))`,
        legend: "left out",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Time for rules",
    description: "Seconds of rule evaluation a second; near 1 they no longer fit.",
    unit: Seconds,
    queries: [
      {
        expr: `sum by (instance) (rate(prometheus_rule_evaluation_duration_seconds_sum[${WINDOW}]))`,
        legend: "{{instance}}",
      },
    ],
  },
];

function sendingPanels(stack: Stack): PanelSpec[] {
  if (!findWorkload(stack, ALERTMANAGER)) return [];
  return [
    {
      kind: "timeseries",
      title: "Sent to Alertmanager",
      description: "Alerts a second that Prometheus sent, failed to send, and dropped.",
      unit: OpsPerSecond,
      queries: [
        { expr: `sum(rate(prometheus_notifications_sent_total[${WINDOW}]))`, legend: "sent" },
        { expr: `sum(rate(prometheus_notifications_errors_total[${WINDOW}]))`, legend: "failed" },
        {
          expr: `sum(rate(prometheus_notifications_dropped_total[${WINDOW}]))`,
          legend: "dropped",
        },
      ],
    },
    {
      kind: "timeseries",
      title: "Queue to Alertmanager",
      description: "Alerts that wait as a share of those that may.",
      unit: PercentUnit,
      queries: [
        {
          expr: "max by (instance) (prometheus_notifications_queue_length) / min by (instance) (prometheus_notifications_queue_capacity)",
          legend: "{{instance}}",
        },
      ],
      ...alarmOf(stack.settings, "PrometheusNotificationQueueRunningFull"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Notifications",
      description: "Messages a second to people and machines, and those that failed.",
      unit: OpsPerSecond,
      queries: [
        {
          expr: `sum(rate(alertmanager_notifications_total[${WINDOW}])) or vector(0)`,
          legend: "sent or tried",
        },
        {
          expr: `sum(rate(alertmanager_notifications_failed_total[${WINDOW}])) or vector(0)`,
          legend: "failed",
        },
      ],
    },
    {
      kind: "timeseries",
      title: "Alerts in Alertmanager",
      description: "Active ones, and those that a silence or a greater alert keeps quiet.",
      unit: Short,
      queries: [{ expr: "max by (state) (alertmanager_alerts)", legend: "{{state}}" }],
    },
  ];
}
