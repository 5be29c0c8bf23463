import type { AlertDefinitions } from "./alert";
import { duration, percent } from "./threshold";

const MIXIN = "prometheus-mixin of Prometheus";

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export const prometheusAlerts = {
  Watchdog: {
    severity: "none",
    summary: "This alert always fires.",
    dashboard: "monitoring",
  },
  InfoInhibitor: {
    severity: "none",
    summary: "An alert for information fires and nothing worse does.",
    dashboard: "monitoring",
  },
  PrometheusBadConfig: {
    severity: "critical",
    for: "5m",
    summary: "Prometheus could not load its configuration.",
    dashboard: "monitoring",
  },
  PrometheusRuleFailures: {
    severity: "critical",
    for: "15m",
    summary: "Prometheus cannot evaluate some of its rules.",
    dashboard: "monitoring",
  },
  PrometheusMissingRuleEvaluations: {
    severity: "warning",
    for: "15m",
    summary: "Prometheus is too slow for its rules.",
    dashboard: "monitoring",
  },
  PrometheusNotIngestingSamples: {
    severity: "critical",
    for: "10m",
    summary: "Prometheus stores no samples.",
    dashboard: "monitoring",
  },
  PrometheusTSDBReloadsFailing: {
    severity: "warning",
    for: "1h",
    summary: "Prometheus cannot read what it has stored.",
    dashboard: "monitoring",
  },
  PrometheusTSDBCompactionsFailing: {
    severity: "warning",
    for: "1h",
    summary: "Prometheus cannot put its samples in order on disk.",
    dashboard: "monitoring",
  },
  PrometheusNotConnectedToAlertmanagers: {
    severity: "critical",
    for: "5m",
    summary: "Prometheus knows no Alertmanager.",
    dashboard: "monitoring",
  },
  PrometheusErrorSendingAlertsToAnyAlertmanager: {
    severity: "critical",
    for: "10m",
    threshold: percent({ default: "3%", lowest: "0%", highest: "100%", source: MIXIN }),
    summary: "Alerts do not reach any Alertmanager.",
    dashboard: "monitoring",
  },
  PrometheusNotificationQueueRunningFull: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "50%",
      lowest: "1%",
      highest: "100%",
      source: "what is sent in time leaves the queue all but empty",
    }),
    summary: "Alerts wait to be sent to Alertmanager.",
    dashboard: "monitoring",
  },
  PrometheusNotificationsDropped: {
    severity: "critical",
    for: "5m",
    summary: "Prometheus drops alerts that it should send.",
    dashboard: "monitoring",
  },
  PrometheusScrapeSampleLimitHit: {
    severity: "warning",
    for: "10m",
    summary: "A target exposes more samples than are taken from it.",
    dashboard: "monitoring",
  },
  PrometheusTargetSyncFailure: {
    severity: "critical",
    for: "5m",
    summary: "Prometheus cannot make targets of what it finds.",
    dashboard: "monitoring",
  },
  PrometheusScrapesSlow: {
    severity: "warning",
    for: "10m",
    threshold: percent({
      default: "80%",
      lowest: "10%",
      highest: "99%",
      source: "of the scrape timeout; a little slower and the target counts as down",
    }),
    summary: "A target takes nearly as long to answer as it may.",
    dashboard: "monitoring",
  },
  PrometheusSeriesHigh: {
    severity: "warning",
    for: "15m",
    threshold: percent({
      default: "80%",
      lowest: "10%",
      highest: "100%",
      source: "leaves time to find who makes them",
    }),
    summary: "Prometheus has nearly as many series as its memory holds.",
    dashboard: "monitoring",
  },
  PrometheusStorageHigh: {
    severity: "warning",
    for: "1h",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "99%",
      source: "past it, samples go before their time",
    }),
    summary: "Prometheus has nearly filled the storage that it may.",
    dashboard: "monitoring",
  },
  RemoteWriteBehind: {
    severity: "critical",
    for: "15m",
    // Samples wait in the log on the volume for about 2 h; this leaves time to act.
    threshold: duration({ default: "2m", lowest: "10s", highest: "2h", source: MIXIN }),
    summary: "Samples reach a remote store late or not at all.",
    dashboard: "monitoring",
  },
  RemoteWriteFailing: {
    severity: "critical",
    for: "15m",
    threshold: percent({ default: "1%", lowest: "0%", highest: "100%", source: MIXIN }),
    summary: "A remote store refuses samples.",
    dashboard: "monitoring",
  },
} as const satisfies AlertDefinitions;
