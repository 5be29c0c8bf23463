import type { Settings } from "./settings/schema";
import { shardOf } from "./shard-of";
import type { Duration } from "./units/duration";
import type { Workload } from "./workload";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "./workloads/alertmanager";
import { BLACKBOX_EXPORTER, BLACKBOX_EXPORTER_PORT } from "./workloads/blackbox-exporter";
import {
  DOCKER_STATS_COLLECTOR,
  DOCKER_STATS_COLLECTOR_PORT,
} from "./workloads/docker-stats-collector";
import { GRAFANA, GRAFANA_PORT } from "./workloads/grafana";
import { KUBE_STATE_METRICS, KUBE_STATE_METRICS_PORT } from "./workloads/kube-state-metrics";
import { NODE_EXPORTER, NODE_EXPORTER_PORT } from "./workloads/node-exporter";
import { POSTGRES_EXPORTER, POSTGRES_EXPORTER_PORT } from "./workloads/postgres-exporter";
import { PROMETHEUS, PROMETHEUS_PORT, shardIndex } from "./workloads/prometheus";
import { REDIS_EXPORTER, REDIS_EXPORTER_PORT } from "./workloads/redis-exporter";

/** A workload's metrics, as Prometheus scrapes them. */
export interface ScrapeTarget {
  /** The scrape job; named after its workload, and after the program for shards of Prometheus. */
  readonly job: string;
  readonly workload: string;
  readonly role: Workload["role"];
  readonly port: number;
  readonly path: string;
  readonly interval: Duration;
  /** How many answer under the workload's name. */
  readonly replicas: number;
  /** Which shard of Prometheus scrapes it, counted from 0. */
  readonly shard: number;
}

/** A question asked from outside a service: does this address answer 2xx? */
export interface Probe {
  readonly workload: string;
  readonly url: string;
  /** Which shard of Prometheus asks: the one that scrapes the service too. */
  readonly shard: number;
}

/** The job under which probes from outside are kept; no service may have its name. */
export const PROBE_JOB = "probe";

/** Ports of the supported programs that speak Prometheus' format, all under /metrics. */
const METRICS_PORTS: Readonly<Record<string, number>> = {
  [ALERTMANAGER]: ALERTMANAGER_PORT,
  [BLACKBOX_EXPORTER]: BLACKBOX_EXPORTER_PORT,
  [DOCKER_STATS_COLLECTOR]: DOCKER_STATS_COLLECTOR_PORT,
  [GRAFANA]: GRAFANA_PORT,
  [KUBE_STATE_METRICS]: KUBE_STATE_METRICS_PORT,
  [NODE_EXPORTER]: NODE_EXPORTER_PORT,
  [POSTGRES_EXPORTER]: POSTGRES_EXPORTER_PORT,
  [PROMETHEUS]: PROMETHEUS_PORT,
  [REDIS_EXPORTER]: REDIS_EXPORTER_PORT,
};

/** What Prometheus scrapes among these workloads. */
export function scrapeTargets(workloads: readonly Workload[], settings: Settings): ScrapeTarget[] {
  const { scrapeInterval: interval, shards } = settings.prometheus;
  return workloads.flatMap(({ name, role, replicas }): ScrapeTarget[] => {
    const own = shardIndex(name);
    const job = own === undefined ? name : PROMETHEUS;
    const service = role === "service" ? settings.services[name] : undefined;
    const port = service ? service.port : METRICS_PORTS[job];
    const path = service ? service.metrics : "/metrics";
    if (port === undefined || path === false) return [];
    // Shards watch one another in a ring, since none can tell that it is down itself.
    const shard = own === undefined ? shardOf(name, shards) : (own + 1) % shards;
    return [{ job, workload: name, role, port, path, interval, replicas, shard }];
  });
}

/** What the blackbox exporter asks: every health path over HTTP of a service. */
export function serviceProbes(workloads: readonly Workload[], settings: Settings): Probe[] {
  const { shards } = settings.prometheus;
  return workloads.flatMap(({ name, role, health }): Probe[] => {
    if (role !== "service" || health?.kind !== "http") return [];
    const url = `http://${name}:${health.port}${health.path}`;
    return [{ workload: name, url, shard: shardOf(name, shards) }];
  });
}
