import {
  BytesIEC,
  BytesPerSecondIEC,
  OpsPerSecond,
  PercentUnit,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import { findWorkload, type Stack } from "../model/stack";
import { REDIS_EXPORTER } from "../model/workloads/redis-exporter";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** Redis, where there is one: is it there, has it room, what is asked of it? */
export function redisDashboards(stack: Stack): NamedDashboard[] {
  if (!findWorkload(stack, REDIS_EXPORTER)) return [];
  return [
    buildDashboard("redis", "Redis", [
      { title: "Health", panels: health },
      { title: "Memory", panels: memoryPanels(stack) },
      { title: "Requests", panels: requests },
      { title: "Connections", panels: connectionPanels(stack) },
      { title: "Persistence", panels: persistence },
    ]),
  ];
}

const health: readonly PanelSpec[] = [
  {
    kind: "stat",
    title: "Redis up",
    description: "Is 1 while the exporter can log in and ask.",
    unit: Short,
    queries: [{ expr: "min(redis_up)", legend: "up" }],
    alarmBelow: 1,
  },
  {
    kind: "stat",
    title: "Uptime",
    description: "Since the last start of the server.",
    unit: Seconds,
    queries: [{ expr: "min(redis_uptime_in_seconds)", legend: "uptime" }],
  },
  {
    kind: "stat",
    title: "Keys",
    description: "Keys in all databases.",
    unit: Short,
    queries: [{ expr: "sum(redis_db_keys)", legend: "keys" }],
  },
];

function memoryPanels({ settings }: Stack): PanelSpec[] {
  return [
    {
      kind: "timeseries",
      title: "Memory used",
      description: "Data as a share of what it may fill; at 1 Redis refuses writes or evicts.",
      unit: PercentUnit,
      queries: [{ expr: "max(redis:memory_used:ratio)", legend: "used" }],
      ...alarmOf(settings, "RedisMemoryHigh"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Memory in bytes",
      description: "What the data takes, what the process takes, and the most that data may take.",
      unit: BytesIEC,
      queries: [
        { expr: "max(redis_memory_used_bytes)", legend: "data" },
        { expr: "max(redis_memory_used_rss_bytes)", legend: "process" },
        { expr: "max(redis_memory_max_bytes)", legend: "most" },
      ],
    },
    {
      kind: "timeseries",
      title: "Keys lost",
      description: "Keys a second that expired as meant, and that were evicted to make room.",
      unit: OpsPerSecond,
      queries: [
        { expr: `sum(rate(redis_expired_keys_total[${WINDOW}]))`, legend: "expired" },
        { expr: `sum(rate(redis_evicted_keys_total[${WINDOW}]))`, legend: "evicted" },
      ],
    },
  ];
}

const requests: readonly PanelSpec[] = [
  {
    kind: "timeseries",
    title: "Commands",
    description: "Commands answered a second.",
    unit: OpsPerSecond,
    queries: [{ expr: `sum(rate(redis_commands_processed_total[${WINDOW}]))`, legend: "commands" }],
  },
  {
    kind: "timeseries",
    title: "Time per command",
    description: "Mean time that Redis spends on a command, waiting not counted.",
    unit: Seconds,
    queries: [
      {
        expr: `sum(rate(redis_commands_duration_seconds_total[${WINDOW}])) / sum(rate(redis_commands_total[${WINDOW}]))`,
        legend: "mean",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Hits",
    description: "Share of reads that found their key; 1 where nothing was read.",
    unit: PercentUnit,
    queries: [
      {
        expr: `sum(rate(redis_keyspace_hits_total[${WINDOW}])) / (sum(rate(redis_keyspace_hits_total[${WINDOW}])) + sum(rate(redis_keyspace_misses_total[${WINDOW}])) > 0) or vector(1)`,
        legend: "hits",
      },
    ],
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Network",
    description: "Bytes a second in and out.",
    unit: BytesPerSecondIEC,
    queries: [
      { expr: `sum(rate(redis_net_input_bytes_total[${WINDOW}]))`, legend: "in" },
      { expr: `sum(rate(redis_net_output_bytes_total[${WINDOW}]))`, legend: "out" },
    ],
  },
];

function connectionPanels({ settings }: Stack): PanelSpec[] {
  return [
    {
      kind: "timeseries",
      title: "Connections used",
      description: "Open connections as a share of maxclients.",
      unit: PercentUnit,
      queries: [
        { expr: "max(redis_connected_clients) / max(redis_config_maxclients)", legend: "used" },
      ],
      ...alarmOf(settings, "RedisConnectionsHigh"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Connections opened",
      description: "New connections a second; many of them say that a service has no pool.",
      unit: OpsPerSecond,
      queries: [
        { expr: `sum(rate(redis_connections_received_total[${WINDOW}]))`, legend: "opened" },
        { expr: `sum(rate(redis_rejected_connections_total[${WINDOW}]))`, legend: "turned away" },
      ],
    },
  ];
}

const persistence: readonly PanelSpec[] = [
  {
    kind: "stat",
    title: "Last write to disk",
    description: "Is 1 while the append-only file takes every write.",
    unit: Short,
    queries: [{ expr: "min(redis_aof_last_write_status)", legend: "ok" }],
    alarmBelow: 1,
  },
  {
    kind: "stat",
    title: "Changes not in a snapshot",
    description: "Writes since the last snapshot; the append-only file has them all the same.",
    unit: Short,
    queries: [{ expr: "max(redis_rdb_changes_since_last_save)", legend: "changes" }],
  },
];
