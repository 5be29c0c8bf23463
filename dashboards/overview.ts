import {
  BytesIEC,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import { OUTSIDE_PROBE_JOB } from "../model/outside-probes";
import { findWorkload, type Stack } from "../model/stack";
import { PROBE_JOB } from "../model/targets";
import { watchedServices } from "../model/watched-services";
import { NODE_EXPORTER } from "../model/workloads/node-exporter";
import { POSTGRES_EXPORTER } from "../model/workloads/postgres-exporter";
import { REDIS_EXPORTER } from "../model/workloads/redis-exporter";
import { OVERVIEW_UID, serviceLinks } from "./navigation";
import { alarmOf } from "./alarm";
import { outsideWell } from "./outside-probes";
import { buildDashboard, type NamedDashboard, type PanelSpec, type Row } from "./panels";

/** The first page: are the services well, and what they stand on. */
export function overviewDashboard(stack: Stack): NamedDashboard {
  return buildDashboard(OVERVIEW_UID, "Backend Monitoring Overview", [
    { title: "Health", panels: healthPanels(stack) },
    { title: "Services", panels: servicePanels(stack) },
    { title: "Stores", panels: storePanels(stack) },
    { title: "Host", panels: hostPanels(stack) },
  ] satisfies Row[]);
}

function healthPanels({ targets, probes, outsideProbes }: Stack): PanelSpec[] {
  // A probe has an `up` too, which is the prober's.
  const probed = [
    ...(probes.length > 0 ? [PROBE_JOB] : []),
    ...(outsideProbes.length > 0 ? [OUTSIDE_PROBE_JOB] : []),
  ];
  const ownUp = probed.length > 0 ? `up{${probed.map((job) => `job!="${job}"`).join(", ")}}` : "up";
  const targetsUp: PanelSpec = {
    kind: "stat",
    title: "Targets up",
    description: "Share of the declared targets that answer a scrape.",
    unit: PercentUnit,
    queries: [{ expr: `sum(${ownUp}) / ${expectedTargets(targets)}`, legend: "up" }],
    alarmBelow: 1,
  };
  const probesOk: PanelSpec = {
    kind: "stat",
    title: "Services well",
    description: "Share of the health paths that answer 2xx when asked from outside.",
    unit: PercentUnit,
    queries: [{ expr: `avg(probe_success{job="${PROBE_JOB}"})`, legend: "well" }],
    alarmBelow: 1,
  };
  const firing: PanelSpec = {
    kind: "stat",
    title: "Alerts firing",
    description:
      "Alerts that fire now; those for machines alone, such as the Watchdog, are not counted.",
    unit: Short,
    queries: [
      {
        expr: 'count(ALERTS{alertstate="firing", severity!="none"}) or vector(0)',
        legend: "firing",
      },
    ],
    alarm: 1,
  };
  return [
    targetsUp,
    ...(probes.length > 0 ? [probesOk] : []),
    ...(outsideProbes.length > 0 ? [outsideWell] : []),
    firing,
  ];
}

function expectedTargets(targets: Stack["targets"]): number {
  return targets.reduce((sum, { replicas }) => sum + replicas, 0);
}

function servicePanels(stack: Stack): PanelSpec[] {
  const services = watchedServices(stack);
  const line = (series: string) => [
    { expr: `sum by (service) (${series})`, legend: "{{service}}" },
  ];
  const counting = services.filter(({ profile }) => profile.http);
  const measured = services.filter(({ profile }) => profile.process);
  const http: readonly PanelSpec[] = [
    {
      kind: "timeseries",
      title: "Request rate",
      description: "Requests answered a second, by service; what machines ask for is left out.",
      unit: RequestsPerSecond,
      queries: line("service:http_requests:rate5m"),
      links: serviceLinks(counting),
    },
    {
      kind: "timeseries",
      title: "Error ratio",
      description: "Share of requests answered with 5xx, by service.",
      unit: PercentUnit,
      queries: line("service:http_errors:ratio_rate5m"),
      links: serviceLinks(counting),
      ...alarmOf(stack.settings, "ServiceErrorRatioHigh"),
    },
    {
      kind: "timeseries",
      title: "Latency, 95th percentile",
      description: "Nineteen of twenty requests are faster than this, by service.",
      unit: Seconds,
      queries: line("service:http_latency:p95_5m"),
      links: serviceLinks(counting),
      ...alarmOf(stack.settings, "ServiceLatencyHigh"),
    },
  ];
  const memory: PanelSpec = {
    kind: "timeseries",
    title: "Memory",
    description: "Resident memory of each service's process.",
    unit: BytesIEC,
    queries: line('process_resident_memory_bytes{role="service"}'),
    links: serviceLinks(measured),
  };
  return [...(counting.length > 0 ? http : []), ...(measured.length > 0 ? [memory] : [])];
}

function storePanels(stack: Stack): PanelSpec[] {
  const postgres: PanelSpec = {
    kind: "timeseries",
    title: "Postgres connections",
    description: "Open connections as a share of those that clients may have.",
    unit: PercentUnit,
    queries: [{ expr: "max(postgres:connections_used:ratio)", legend: "used" }],
    ...alarmOf(stack.settings, "PostgresConnectionsHigh"),
    max: 1,
  };
  const redis: PanelSpec = {
    kind: "timeseries",
    title: "Redis memory",
    description: "Memory used as a share of maxmemory.",
    unit: PercentUnit,
    queries: [{ expr: "max(redis:memory_used:ratio)", legend: "used" }],
    ...alarmOf(stack.settings, "RedisMemoryHigh"),
    max: 1,
  };
  return [
    ...(findWorkload(stack, POSTGRES_EXPORTER) ? [postgres] : []),
    ...(findWorkload(stack, REDIS_EXPORTER) ? [redis] : []),
  ];
}

function hostPanels(stack: Stack): PanelSpec[] {
  if (!findWorkload(stack, NODE_EXPORTER)) return [];
  return [
    {
      kind: "timeseries",
      title: "Host CPU",
      description: "Share of all cores that is busy, by host.",
      unit: PercentUnit,
      queries: [
        { expr: "max by (instance) (instance:cpu_busy:ratio_rate5m)", legend: "{{instance}}" },
      ],
      ...alarmOf(stack.settings, "HostCpuHigh"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Host memory",
      description: "Share of the host's memory that is not available, by host.",
      unit: PercentUnit,
      queries: [{ expr: "max by (instance) (instance:memory_used:ratio)", legend: "{{instance}}" }],
      ...alarmOf(stack.settings, "HostMemoryHigh"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Host disks",
      description: "Share of each disk that is used, as df counts it.",
      unit: PercentUnit,
      queries: [
        {
          expr: "max by (instance, device) (instance:disk_used:ratio)",
          legend: "{{instance}} {{device}}",
        },
      ],
      ...alarmOf(stack.settings, "HostDiskFull"),
      max: 1,
    },
  ];
}
