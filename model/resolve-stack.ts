import type { Settings } from "./settings/schema";
import type { Stack } from "./stack";
import type { StackIdentity } from "./stack-identity";
import { outsideProbes } from "./outside-probes";
import { type Probe, scrapeTargets, type ScrapeTarget, serviceProbes } from "./targets";
import { tierNamespace, TIERS, tierOf } from "./tiers";
import type { Workload } from "./workload";
import { alertmanagerWorkload } from "./workloads/alertmanager";
import { BLACKBOX_EXPORTER, blackboxExporterWorkload } from "./workloads/blackbox-exporter";
import { dockerStatsCollectorWorkload, engineWatch } from "./workloads/docker-stats-collector";
import { grafanaWorkload } from "./workloads/grafana";
import { grafanaDatabase } from "./workloads/grafana-database";
import { kubeStateMetricsWorkload } from "./workloads/kube-state-metrics";
import { kubeletAccess, kubeletShard } from "./workloads/kubelet";
import { NODE_EXPORTER, nodeExporterWorkload } from "./workloads/node-exporter";
import { postgresExporterWorkload } from "./workloads/postgres-exporter";
import { postgresWorkload } from "./workloads/postgres";
import { prometheusNames, prometheusWorkload } from "./workloads/prometheus";
import { postgresBackupWorkload } from "./workloads/postgres-backup";
import { redisExporterWorkload } from "./workloads/redis-exporter";
import { redisWorkload } from "./workloads/redis";
import { serviceWorkload } from "./workloads/service";

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
          settings,
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
