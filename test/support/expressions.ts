import { ruleGroups } from "../../configs/prometheus/mounts";
import { type AlertRule, alertsOf } from "../../configs/prometheus/rule-group";
import type { Stack } from "../../model/stack";
import { watchedServices } from "../../model/watched-services";
import { watchesKubelets } from "../../model/workloads/kubelet";
import { KNOWN_METRICS, type KnownMetrics } from "./known-metrics";
import { mountsOf, Tree } from "./rendered";

/** A query of a stack, and where it stands. */
export interface Expression {
  /** Such as `rule TargetDown` or `panel Request rate`. */
  readonly where: string;
  readonly expr: string;
}

/** Every provisioned dashboard, by file name. */
export function dashboardFiles(stack: Stack): [file: string, dashboard: Tree][] {
  const mount = mountsOf(stack, "grafana").find(({ name }) => name === "dashboards");
  return Object.entries(mount?.files ?? {}).map(([file, text]) => [
    file,
    Tree.read(typeof text === "string" ? text : ""),
  ]);
}

/** Every panel of a dashboard, rows and what they fold away included. */
export function panelsOf(dashboard: Tree): Tree[] {
  return dashboard.at("panels").list.flatMap((panel) => [panel, ...panelsOf(panel)]);
}

/** Panels that draw something: rows only part them, texts ask nothing. */
export function drawnPanels(dashboard: Tree): Tree[] {
  return panelsOf(dashboard).filter((panel) => !["row", "text"].includes(panel.at("type").text));
}

/** The queries of all panels. */
export function panelExpressions(stack: Stack): Expression[] {
  return dashboardFiles(stack).flatMap(([, dashboard]) =>
    panelsOf(dashboard).flatMap((panel) =>
      panel.at("targets").list.map((target) => ({
        where: `panel ${panel.at("title").text}`,
        expr: target.at("expr").text,
      })),
    ),
  );
}

/** What dashboards mark in their graphs, each mark once. */
export function annotationExpressions(stack: Stack): Expression[] {
  const marks = dashboardFiles(stack).flatMap(([, dashboard]) =>
    dashboard
      .at("annotations", "list")
      .list.map((mark): [string, Expression] => [
        mark.at("expr").text,
        { where: `annotation ${mark.at("name").text}`, expr: mark.at("expr").text },
      ]),
  );
  return [...new Map(marks).values()];
}

/** The conditions of all rules, and what they record. */
export function ruleExpressions(stack: Stack): Expression[] {
  return ruleGroups(stack).flatMap(({ rules }) =>
    rules.map((rule) => ({
      where: `rule ${"alert" in rule ? rule.alert : rule.record}`,
      expr: rule.expr,
    })),
  );
}

/** Every alert of a stack. */
export function alertRules(stack: Stack): AlertRule[] {
  return ruleGroups(stack).flatMap(alertsOf);
}

/** The names of all series that a stack's rules record. */
export function recordedSeries(stack: Stack): Set<string> {
  return new Set(
    ruleGroups(stack).flatMap(({ rules }) =>
      rules.flatMap((rule) => ("record" in rule ? [rule.record] : [])),
    ),
  );
}

/** What a metric is, and who exposes it. */
export interface MetricFacts {
  readonly exporter: keyof typeof KNOWN_METRICS;
  /** Only ever grows, so that its rate is what counts. */
  readonly counter: boolean;
}

/** Every known series name, those of histograms and summaries with their suffixes. */
export const METRICS: ReadonlyMap<string, MetricFacts> = new Map(
  Object.entries(KNOWN_METRICS).flatMap(([exporter, known]: [string, KnownMetrics]) => {
    const { counters = [], gauges = [], histograms = [], summaries = [] } = known;
    const sums = [...histograms, ...summaries].flatMap((name) => [`${name}_sum`, `${name}_count`]);
    const growing = [...counters, ...sums, ...histograms.map((name) => `${name}_bucket`)];
    return [
      ...growing.map((name) => [name, { exporter, counter: true }] as const),
      ...[...gauges, ...summaries].map((name) => [name, { exporter, counter: false }] as const),
    ].flatMap(([name, facts]): [string, MetricFacts][] =>
      isExporter(facts.exporter) ? [[name, { ...facts, exporter: facts.exporter }]] : [],
    );
  }),
);

function isExporter(name: string): name is keyof typeof KNOWN_METRICS {
  return name in KNOWN_METRICS;
}

/** The exporters, by their groups in the list of known metrics, that a stack scrapes. */
export function exportersOf(stack: Stack): Set<keyof typeof KNOWN_METRICS> {
  const { settings, targets, probes, outsideProbes } = stack;
  const profiles = watchedServices(stack).map(({ profile }) => profile);
  const scraped = new Set(targets.map(({ job }) => job));
  return new Set([
    "builtIn",
    "process",
    ...(profiles.some(({ http }) => http) ? (["modelApi"] as const) : []),
    ...(profiles.some(({ http }) => http?.durationByRoute === false)
      ? (["fastapiInstrumentator"] as const)
      : []),
    ...(watchesKubelets(settings) ? (["kubelet"] as const) : []),
    ...(probes.length + outsideProbes.length > 0 ? (["probe"] as const) : []),
    ...(outsideProbes.some(({ secure }) => secure) ? (["tlsProbe"] as const) : []),
    ...(
      [
        ["kubeStateMetrics", "kube-state-metrics"],
        ["dockerStatsCollector", "docker-stats-collector"],
        ["nodeExporter", "node-exporter"],
        ["postgresExporter", "postgres-exporter"],
        ["redisExporter", "redis-exporter"],
        ["blackboxExporter", "blackbox-exporter"],
        ["prometheus", "prometheus"],
        ["alertmanager", "alertmanager"],
      ] as const
    ).flatMap(([group, job]) => (scraped.has(job) ? [group] : [])),
  ] as const);
}
