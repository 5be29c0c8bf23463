import {
  BytesIEC,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import type { Stack } from "../model/stack";
import { PROBE_JOB } from "../model/targets";
import { type WatchedService, watchedServices } from "../model/watched-services";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

const SERVICE = 'service="$service"';

/** One service at a time: a page for those that count requests, and one for all others. */
export function serviceDashboards(stack: Stack): NamedDashboard[] {
  const services = watchedServices(stack);
  const http = services.filter(({ profile }) => profile.http);
  const others = services.filter(({ profile }) => !profile.http);
  return [
    ...(http.length > 0
      ? [
          buildDashboard(
            "service",
            "Service",
            [
              { title: "Health", panels: healthPanels(http) },
              { title: "Requests", panels: requestPanels(stack) },
              { title: "Process", panels: processPanels(http) },
            ],
            http.map(({ name }) => name),
          ),
        ]
      : []),
    ...(others.length > 0
      ? [
          buildDashboard(
            "worker",
            "Service without request metrics",
            [
              { title: "Health", panels: healthPanels(others) },
              { title: "Process", panels: processPanels(others) },
            ],
            others.map(({ name }) => name),
          ),
        ]
      : []),
  ];
}

function healthPanels(services: readonly WatchedService[]): PanelSpec[] {
  const scraped = services.some((service) => service.scraped);
  const well: PanelSpec = {
    kind: "stat",
    title: "Well",
    description: "Is 1 while the health path answers 2xx when asked from outside.",
    unit: Short,
    queries: [{ expr: `min(probe_success{job="${PROBE_JOB}", ${SERVICE}})`, legend: "well" }],
    alarmBelow: 1,
  };
  const answering: PanelSpec = {
    kind: "stat",
    title: "Replicas that answer",
    description: "Replicas whose metrics can be read.",
    unit: Short,
    queries: [
      { expr: `count(up{role="service", ${SERVICE}} == 1) or vector(0)`, legend: "replicas" },
    ],
    alarmBelow: 1,
  };
  return [
    ...(scraped ? [answering] : []),
    ...(services.every(({ probed }) => probed) ? [well] : []),
  ];
}

function requestPanels({ settings }: Stack): PanelSpec[] {
  return [
    {
      kind: "timeseries",
      title: "Request rate",
      description: "Requests answered a second, by method and route.",
      unit: RequestsPerSecond,
      queries: [
        {
          // Some client libraries call the route its handler.
          expr: `sum by (method, endpoint) (label_replace(rate(http_requests_total{${SERVICE}}[${WINDOW}]), "endpoint", "$1", "handler", "(.+)"))`,
          legend: "{{method}} {{endpoint}}",
        },
      ],
    },
    {
      kind: "timeseries",
      title: "Error ratio",
      description: "Share of requests answered with 5xx.",
      unit: PercentUnit,
      queries: [{ expr: `max(service:http_errors:ratio_rate5m{${SERVICE}})`, legend: "errors" }],
      ...alarmOf(settings, "ServiceErrorRatioHigh"),
    },
    {
      kind: "timeseries",
      title: "Response time, 95th percentile",
      description: "Nineteen of twenty requests are faster than this; nothing while nobody asks.",
      unit: Seconds,
      queries: [{ expr: `max(service:http_latency:p95_5m{${SERVICE}})`, legend: "p95" }],
      ...alarmOf(settings, "ServiceLatencyHigh"),
    },
  ];
}

function processPanels(services: readonly WatchedService[]): PanelSpec[] {
  if (!services.every(({ profile }) => profile.process)) return [];
  const connections = services.some(({ profile }) => profile.connections);
  return [
    {
      kind: "timeseries",
      title: "Active connections",
      description: "Open files and sockets, and where the service counts them its connections.",
      unit: Short,
      queries: [
        { expr: `sum(process_open_fds{${SERVICE}})`, legend: "open files" },
        ...(connections ? [{ expr: `sum(active_connections{${SERVICE}})`, legend: "active" }] : []),
      ],
    },
    {
      kind: "timeseries",
      title: "Memory",
      description: "Resident memory of each replica's process.",
      unit: BytesIEC,
      queries: [
        {
          expr: `sum by (instance) (process_resident_memory_bytes{${SERVICE}})`,
          legend: "{{instance}}",
        },
      ],
    },
    {
      kind: "timeseries",
      title: "CPU",
      description: "Cores that each replica's process uses.",
      unit: Short,
      queries: [
        {
          expr: `sum by (instance) (rate(process_cpu_seconds_total{${SERVICE}}[${WINDOW}]))`,
          legend: "{{instance}}",
        },
      ],
    },
    {
      kind: "stat",
      title: "Running for",
      description: "Since the newest start of any replica.",
      unit: Seconds,
      queries: [
        {
          expr: `time() - max(service:process_start_time_seconds:max{${SERVICE}})`,
          legend: "running",
        },
      ],
    },
  ];
}
