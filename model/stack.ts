import type { Settings } from "./settings/schema";
import type { StackIdentity } from "./stack-identity";
import { OUTSIDE_PROBE_JOB, type OutsideProbe, outsideProbes } from "./outside-probes";
import { type Probe, PROBE_JOB, scrapeTargets, type ScrapeTarget, serviceProbes } from "./targets";
import { tierNamespace, TIERS, tierOf } from "./tiers";
import type { Workload } from "./workload";
import { ALERTMANAGER, alertmanagerWorkload } from "./workloads/alertmanager";
import { BLACKBOX_EXPORTER, blackboxExporterWorkload } from "./workloads/blackbox-exporter";
import {
  DOCKER_STATS_COLLECTOR,
  dockerStatsCollectorWorkload,
  engineWatch,
} from "./workloads/docker-stats-collector";
import { GRAFANA, grafanaWorkload } from "./workloads/grafana";
import { grafanaDatabase } from "./workloads/grafana-database";
import { KUBE_STATE_METRICS, kubeStateMetricsWorkload } from "./workloads/kube-state-metrics";
import { KUBELET_JOBS, kubeletAccess, kubeletShard } from "./workloads/kubelet";
import { NODE_EXPORTER, nodeExporterWorkload } from "./workloads/node-exporter";
import { postgresExporterWorkload } from "./workloads/postgres-exporter";
import { POSTGRES, postgresWorkload } from "./workloads/postgres";
import {
  PROMETHEUS,
  prometheusNames,
  prometheusWorkload,
  SHARD_NAMES,
} from "./workloads/prometheus";
import { POSTGRES_BACKUP, postgresBackupWorkload } from "./workloads/postgres-backup";
import { redisExporterWorkload } from "./workloads/redis-exporter";
import { redisWorkload } from "./workloads/redis";
import { serviceWorkload } from "./workloads/service";

/** Everything one environment runs, resolved from its settings; plain data. */
export interface Stack {
  /** The Pulumi project. */
  readonly project: string;
  /** The Pulumi stack: the environment. */
  readonly name: string;
  readonly settings: Settings;
  /** In the order in which they can start. */
  readonly workloads: readonly Workload[];
  readonly targets: readonly ScrapeTarget[];
  readonly probes: readonly Probe[];
  /** What is asked beyond the stack itself. */
  readonly outsideProbes: readonly OutsideProbe[];
  /** Present where this is only what one shard of Prometheus knows: which it is, and of what. */
  readonly view?: { readonly shard: number; readonly whole: Stack };
}

/** Derives all that runs from what is declared. Pure: the same settings give the same stack. */
export function resolveStack(project: string, name: string, settings: Settings): Stack {
  const stores = storeWorkloads(settings);
  const services = Object.entries(settings.services).map(([service, declared]) =>
    serviceWorkload(service, declared, settings),
  );
  const observed = [...stores, ...inStartOrder(services)];
  if (!settings.monitoring.enabled) {
    const nothing = { targets: [], probes: [], outsideProbes: [] };
    return { project, name, settings, workloads: observed, ...nothing };
  }
  const asking = settings.exporters.blackbox.enabled;
  const probes = asking ? serviceProbes(services, settings) : [];
  const outside = asking ? outsideProbes(settings) : [];
  const exporters = exporterWorkloads(settings, probes);
  const monitored = [
    ...observed,
    ...exporters,
    ...clusterExporters({ project, name }, [...observed, ...exporters], settings),
  ];
  const monitors = monitorWorkloads(monitored, [...probes, ...outside], settings);
  const workloads = [...monitored, ...monitors];
  const targets = scrapeTargets(workloads, settings);
  return {
    project,
    name,
    settings,
    workloads: workloads.map((workload) => ({
      ...workload,
      ...visitors(workload, targets, settings),
    })),
    targets,
    probes,
    outsideProbes: outside,
  };
}

/** The cluster's own Prometheus, where there is one, comes to every port that has metrics. */
function visitors(
  { name }: Workload,
  targets: readonly ScrapeTarget[],
  { prometheus: { mode, operator } }: Settings,
): Pick<Workload, "visitors"> {
  const target = targets.find(({ workload }) => workload === name);
  if (mode === "server" || operator === undefined || target === undefined) return {};
  return { visitors: [{ namespace: operator.namespace, port: target.port }] };
}

/** The workload of this name, if the stack has it. */
export function findWorkload(stack: Stack, name: string): Workload | undefined {
  return stack.workloads.find((workload) => workload.name === name);
}

/**
 * The peers that must be healthy before a workload starts: what services and exporters connect to.
 * Monitors start at once, since watching what is down is their work; they wait only for the store
 * that keeps their own data.
 */
export function startsAfter(workload: Workload): readonly string[] {
  if (workload.role === "monitor") return workload.connects.filter((peer) => peer === POSTGRES);
  return workload.role === "service" || workload.role === "exporter"
    ? workload.connects.filter(() => workload.name !== BLACKBOX_EXPORTER)
    : [];
}

function storeWorkloads({ postgres, redis }: Settings): Workload[] {
  const ownPostgres = postgres?.enabled === true && !postgres.external ? postgres : undefined;
  return [
    ...(ownPostgres ? [postgresWorkload(ownPostgres)] : []),
    ...(ownPostgres?.backup ? [postgresBackupWorkload(ownPostgres, ownPostgres.backup)] : []),
    ...(redis?.enabled === true && !redis.external ? [redisWorkload(redis)] : []),
  ];
}

function exporterWorkloads(settings: Settings, probes: readonly Probe[]): Workload[] {
  const { postgres, redis, exporters, nodeExporter, probes: outside } = settings;
  const engine = engineWatch(settings);
  return [
    ...(nodeExporter.enabled ? [nodeExporterWorkload(nodeExporter)] : []),
    ...(postgres?.enabled === true && exporters.postgres.enabled && isWatchable(postgres)
      ? [postgresExporterWorkload(exporters.postgres, postgres)]
      : []),
    ...(redis?.enabled === true && exporters.redis.enabled
      ? [redisExporterWorkload(exporters.redis, redis)]
      : []),
    ...(exporters.blackbox.enabled && (probes.length > 0 || Object.keys(outside).length > 0)
      ? [blackboxExporterWorkload(exporters.blackbox, outside, probes)]
      : []),
    ...(engine ? [dockerStatsCollectorWorkload(engine)] : []),
  ];
}

/** What asks the cluster itself about the stack, in every namespace that it has. */
function clusterExporters(
  stack: StackIdentity,
  others: readonly Workload[],
  { platform, exporters }: Settings,
): Workload[] {
  if (platform !== "kubernetes" || !exporters.kubeStateMetrics.enabled) return [];
  const used = new Set(["monitoring", ...others.map(tierOf)]);
  const namespaces = TIERS.filter((tier) => used.has(tier)).map((tier) =>
    tierNamespace(stack, tier),
  );
  return [kubeStateMetricsWorkload(exporters.kubeStateMetrics, namespaces)];
}

/** A server outside is watched where somebody gave a login for it. */
function isWatchable({ external }: NonNullable<Settings["postgres"]>): boolean {
  return external === undefined || external.monitoring !== undefined;
}

function monitorWorkloads(
  monitored: readonly Workload[],
  probes: readonly Pick<Probe, "shard">[],
  settings: Settings,
): Workload[] {
  const { mode, query } = settings.prometheus;
  const alertmanager =
    settings.alertmanager.enabled && mode === "server" ? [alertmanagerWorkload(settings)] : [];
  const grafana = settings.grafana.enabled
    ? [
        grafanaWorkload(
          settings.grafana,
          query ? [] : prometheusNames(settings.prometheus),
          grafanaDatabase(settings),
          query,
        ),
      ]
    : [];
  const shards = (mode === "server" ? prometheusNames(settings.prometheus) : []).map((name) =>
    prometheusWorkload(settings.prometheus, name, []),
  );
  const scraped = scrapeTargets([...monitored, ...alertmanager, ...grafana, ...shards], settings);
  const prometheus = shards.map((workload, shard) => {
    const peers = scraped
      .filter((target) => target.shard === shard)
      .map((target) => target.workload);
    const prober = probes.some((probe) => probe.shard === shard) ? [BLACKBOX_EXPORTER] : [];
    const connects = new Set([...peers, ...prober, ...alertmanager.map(({ name }) => name)]);
    // Alone, it scrapes itself without leaving its pod.
    if (workload.replicas === 1) connects.delete(workload.name);
    const clusterAccess = kubeletAccess(settings, {
      kubelets: shard === kubeletShard(settings),
      nodeExporter: peers.includes(NODE_EXPORTER),
    });
    return { ...workload, connects: [...connects], ...(clusterAccess && { clusterAccess }) };
  });
  return [...alertmanager, ...prometheus, ...grafana];
}

/** Services after the services that they need; checked before to have no cycle. */
function inStartOrder(services: readonly Workload[]): Workload[] {
  const ordered: Workload[] = [];
  const visit = (workload: Workload): void => {
    if (ordered.includes(workload)) return;
    for (const peer of services) if (workload.connects.includes(peer.name)) visit(peer);
    ordered.push(workload);
  };
  services.forEach(visit);
  return ordered;
}

/**
 * Names that no service may take, because a supported program, a network or a scrape job has them.
 * Every container takes `localhost` for itself.
 */
export const RESERVED_NAMES: readonly string[] = [
  ALERTMANAGER,
  BLACKBOX_EXPORTER,
  DOCKER_STATS_COLLECTOR,
  GRAFANA,
  KUBE_STATE_METRICS,
  ...Object.values(KUBELET_JOBS),
  OUTSIDE_PROBE_JOB,
  PROBE_JOB,
  PROMETHEUS,
  ...SHARD_NAMES,
  "localhost",
  "monitoring",
  "node-exporter",
  "postgres",
  POSTGRES_BACKUP,
  "postgres-exporter",
  "redis",
  "redis-exporter",
  "services",
];
