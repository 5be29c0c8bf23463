import type {
  OperatorMonitor,
  OperatorObjects,
  OperatorProbe,
  OperatorRules,
  Relabeling,
} from "../../model/operator";
import { OUTSIDE_PROBE_JOB, type OutsideProbe } from "../../model/outside-probes";
import { scoped, seriesLabels, type SeriesScope } from "../../model/series-scope";
import type { Stack } from "../../model/stack";
import { tierNamespace, tiersOf } from "../../model/tiers";
import { type Probe, PROBE_JOB, type ScrapeTarget } from "../../model/targets";
import { BLACKBOX_EXPORTER, BLACKBOX_EXPORTER_PORT } from "../../model/workloads/blackbox-exporter";
import { operatorAlerting } from "../alertmanager/operator";
import { PROBE_MODULE } from "../blackbox-exporter/mounts";
import { outsideModule } from "../blackbox-exporter/outside-modules";
import { ruleGroups } from "./mounts";
import type { RuleGroup } from "./rule-group";
import { isOnEveryNode, outsideScrapeTimeout, scrapeConfig } from "./scrape";
import type { RelabelConfig } from "./scrape-config";
import { SAMPLE_LIMIT } from "./scrape-limits";

/** Labels that the operator gives to each target and a Prometheus of the stack's own does not. */
const FOREIGN_LABELS = "namespace|pod|container|endpoint|service";
/** Says "false" of a pod that is not ready, by the kind of discovery that the operator was told. */
const READINESS = [
  "__meta_kubernetes_endpoint_ready",
  "__meta_kubernetes_endpointslice_endpoint_conditions_ready",
];

const NODE_AS_INSTANCE = {
  sourceLabels: ["__meta_kubernetes_pod_node_name"],
  targetLabel: "instance",
};

/**
 * The same jobs, probes and rules as objects for the operator of the cluster; undefined where the
 * stack has a Prometheus of its own. That Prometheus has the series of others too, so that targets
 * carry the stack's labels, which are external ones otherwise, and rules ask for them.
 */
export function operatorObjects(stack: Stack): OperatorObjects | undefined {
  const { monitoring, prometheus } = stack.settings;
  const { mode, operator, scrapeInterval } = prometheus;
  if (!monitoring.enabled || mode === "server" || operator === undefined) return undefined;
  const scope = seriesLabels(stack);
  const interval = scrapeInterval.toString();
  const tiers = tiersOf(stack.workloads);
  const tier = tiers.find((used) => used === "monitoring") ?? tiers[0] ?? "monitoring";
  const alerting = operatorAlerting(stack.settings);
  return {
    labels: operator.labels,
    tier,
    monitors: stack.targets.map((target) => monitor(target, stack, scope)),
    probes: [
      ...stack.probes.map((probe) => proberOf(probe, interval, scope)),
      ...stack.outsideProbes.map((probe) => outsideProberOf(probe, scope)),
    ],
    rules: ruleGroups(stack).map((group) =>
      rulesOf(group, interval, scope, tierNamespace(stack, tier)),
    ),
    ...(alerting && { alerting }),
  };
}

function monitor(target: ScrapeTarget, stack: Stack, scope: SeriesScope): OperatorMonitor {
  const config = scrapeConfig(target, stack);
  const { metric_relabel_configs: ofMetrics } = config;
  const { workload, port, job } = target;
  const fixed = config.static_configs !== undefined;
  return {
    workload,
    port,
    endpoint: {
      path: config.metrics_path,
      interval: config.scrape_interval,
      scrapeTimeout: config.scrape_timeout,
      relabelings: [
        // As in the DNS, where only what is ready has an address; services alone are seen unready.
        ...(fixed || target.role === "service"
          ? []
          : [{ sourceLabels: READINESS, regex: ".*false.*", action: "drop" }]),
        { action: "labeldrop", regex: FOREIGN_LABELS },
        ...given({ job, ...(fixed && { instance: `${workload}:${port}` }) }),
        ...(isOnEveryNode(target, stack) ? [NODE_AS_INSTANCE] : []),
        ...config.relabel_configs.map(relabeling),
        ...given(scope),
      ],
      ...(ofMetrics && { metricRelabelings: ofMetrics.map(relabeling) }),
    },
    sampleLimit: config.sample_limit,
    ...(config.fallback_scrape_protocol !== undefined && {
      fallbackScrapeProtocol: config.fallback_scrape_protocol,
    }),
  };
}

function proberOf({ workload, url }: Probe, interval: string, scope: SeriesScope): OperatorProbe {
  return {
    ...PROBER,
    name: workload,
    jobName: PROBE_JOB,
    module: PROBE_MODULE,
    interval,
    url,
    labels: { service: workload, ...scope },
  };
}

function outsideProberOf(probe: OutsideProbe, scope: SeriesScope): OperatorProbe {
  const { name, url, every } = probe;
  return {
    ...PROBER,
    // No service has a dot in its name.
    name: `${name}.outside`,
    jobName: OUTSIDE_PROBE_JOB,
    module: outsideModule(probe),
    interval: every.toString(),
    scrapeTimeout: outsideScrapeTimeout(probe).toString(),
    url,
    labels: { probe: name, ...scope },
  };
}

const PROBER = {
  prober: { workload: BLACKBOX_EXPORTER, port: BLACKBOX_EXPORTER_PORT, path: "/probe" },
  sampleLimit: SAMPLE_LIMIT,
  relabelings: [{ action: "labeldrop", regex: "namespace" }],
} as const satisfies Partial<OperatorProbe>;

/**
 * An alert says whose it is where its expression left no label. Its `namespace` is that of the
 * objects about the whole stack: the operator lets an AlertmanagerConfig see no alert of another.
 */
function rulesOf(
  { name, rules }: RuleGroup,
  interval: string,
  scope: SeriesScope,
  namespace: string,
): OperatorRules {
  return {
    name,
    interval,
    rules: rules.map((rule) => ({
      ...rule,
      expr: scoped(rule.expr, scope),
      labels: { ...rule.labels, ...scope, ...("alert" in rule && { namespace }) },
    })),
  };
}

const given = (labels: Readonly<Record<string, string>>): Relabeling[] =>
  Object.entries(labels).map(([targetLabel, replacement]) => ({ targetLabel, replacement }));

function relabeling(config: RelabelConfig): Relabeling {
  const { source_labels: sourceLabels, target_label: targetLabel, ...same } = config;
  return {
    ...(sourceLabels && { sourceLabels }),
    ...same,
    ...(targetLabel !== undefined && { targetLabel }),
  };
}
