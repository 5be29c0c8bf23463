import type { Settings } from "./settings/schema";
import type { Duration } from "./units/duration";
import type { Workload } from "./workload";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "./workloads/alertmanager";
import { BLACKBOX_EXPORTER, BLACKBOX_EXPORTER_PORT } from "./workloads/blackbox-exporter";
import { GRAFANA, GRAFANA_PORT } from "./workloads/grafana";
import { NODE_EXPORTER, NODE_EXPORTER_PORT } from "./workloads/node-exporter";
import { POSTGRES_EXPORTER, POSTGRES_EXPORTER_PORT } from "./workloads/postgres-exporter";
import { PROMETHEUS, PROMETHEUS_PORT } from "./workloads/prometheus";
import { REDIS_EXPORTER, REDIS_EXPORTER_PORT } from "./workloads/redis-exporter";

/** A workload's metrics, as Prometheus scrapes them. */
export interface ScrapeTarget {
  /** The scrape job; one for each workload, and named after it. */
  readonly job: string;
  readonly workload: string;
  readonly role: Workload["role"];
  readonly port: number;
  readonly path: string;
  readonly interval: Duration;
  /** How many answer under the workload's name. */
  readonly replicas: number;
}

/** A question asked from outside a service: does this address answer 2xx? */
export interface Probe {
  readonly workload: string;
  readonly url: string;
}

/** The job under which probes from outside are kept; no service may have its name. */
export const PROBE_JOB = "probe";

/** Ports of the supported programs that speak Prometheus' format, all under /metrics. */
const METRICS_PORTS: Readonly<Record<string, number>> = {
  [ALERTMANAGER]: ALERTMANAGER_PORT,
  [BLACKBOX_EXPORTER]: BLACKBOX_EXPORTER_PORT,
  [GRAFANA]: GRAFANA_PORT,
  [NODE_EXPORTER]: NODE_EXPORTER_PORT,
  [POSTGRES_EXPORTER]: POSTGRES_EXPORTER_PORT,
  [PROMETHEUS]: PROMETHEUS_PORT,
  [REDIS_EXPORTER]: REDIS_EXPORTER_PORT,
};

/** What Prometheus scrapes among these workloads. */
export function scrapeTargets(workloads: readonly Workload[], settings: Settings): ScrapeTarget[] {
  const interval = settings.prometheus.scrapeInterval;
  return workloads.flatMap(({ name, role, replicas }): ScrapeTarget[] => {
    const service = role === "service" ? settings.services[name] : undefined;
    const port = service ? service.port : METRICS_PORTS[name];
    const path = service ? service.metrics : "/metrics";
    if (port === undefined || path === false) return [];
    return [{ job: name, workload: name, role, port, path, interval, replicas }];
  });
}

/** What the blackbox exporter asks: every health path over HTTP of a service. */
export function serviceProbes(workloads: readonly Workload[]): Probe[] {
  return workloads.flatMap(({ name, role, health }): Probe[] => {
    if (role !== "service" || health?.kind !== "http") return [];
    return [{ workload: name, url: `http://${name}:${health.port}${health.path}` }];
  });
}
