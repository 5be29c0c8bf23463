import {
  BytesIEC,
  OpsPerSecond,
  PercentUnit,
  RowsPerSecond,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import type { AlertName } from "../model/alerts/catalog";
import { findWorkload, type Stack } from "../model/stack";
import { POSTGRES_EXPORTER } from "../model/workloads/postgres-exporter";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** PostgreSQL, where there is one: is it there, has it room, what is asked of it? */
export function postgresDashboards(stack: Stack): NamedDashboard[] {
  if (!findWorkload(stack, POSTGRES_EXPORTER)) return [];
  const alarm: Alarm = (name) => alarmOf(stack.settings, name);
  return [
    buildDashboard("postgres", "Postgres", [
      { title: "Health", panels: health },
      { title: "Connections", panels: connectionPanels(alarm) },
      { title: "Transactions", panels: transactionPanels(alarm) },
      { title: "Memory and disk", panels: memoryPanels(stack) },
      { title: "Upkeep", panels: upkeepPanels(alarm) },
    ]),
  ];
}

/** Where a panel turns red: the alert's own threshold, nowhere where it is switched off. */
type Alarm = (name: AlertName) => { readonly alarm?: number };

const health: readonly PanelSpec[] = [
  {
    kind: "stat",
    title: "Postgres up",
    description: "Is 1 while the exporter can log in and ask.",
    unit: Short,
    queries: [{ expr: "min(pg_up)", legend: "up" }],
    alarmBelow: 1,
  },
  {
    kind: "stat",
    title: "Questions failed",
    description: "Is 1 while some of the exporter's questions fail and panels may be empty.",
    unit: Short,
    queries: [{ expr: "max(pg_exporter_last_scrape_error)", legend: "failed" }],
    alarm: 1,
  },
  {
    kind: "stat",
    title: "Data",
    description: "Size of all databases on disk.",
    unit: BytesIEC,
    queries: [{ expr: "sum(pg_database_size_bytes)", legend: "data" }],
  },
  {
    kind: "stat",
    title: "Deadlocks",
    description: "Transactions a second that Postgres broke off because they blocked each other.",
    unit: OpsPerSecond,
    queries: [{ expr: `sum(rate(pg_stat_database_deadlocks[${WINDOW}]))`, legend: "deadlocks" }],
  },
];

const connectionPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Connections used",
    description: "Open connections as a share of those that are not kept for administrators.",
    unit: PercentUnit,
    queries: [{ expr: "max(postgres:connections_used:ratio)", legend: "used" }],
    ...alarm("PostgresConnectionsHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Connections by state",
    description: "Sessions that work, wait for their client, or sit in an open transaction.",
    unit: Short,
    queries: [{ expr: "sum by (state) (pg_stat_activity_count)", legend: "{{state}}" }],
  },
];

const transactionPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Transactions",
    description: "Transactions a second that were kept, and that were undone.",
    unit: OpsPerSecond,
    queries: [
      { expr: `sum(rate(pg_stat_database_xact_commit[${WINDOW}]))`, legend: "kept" },
      { expr: `sum(rate(pg_stat_database_xact_rollback[${WINDOW}]))`, legend: "undone" },
    ],
  },
  {
    kind: "timeseries",
    title: "Rolled back",
    description: "Share of the transactions that were undone; the exporter's own are counted.",
    unit: PercentUnit,
    queries: [{ expr: "max(postgres:rollbacks:ratio_rate5m) or vector(0)", legend: "undone" }],
    ...alarm("PostgresRollbacksHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Longest transaction",
    description: "Age of the oldest open transaction, by state; vacuum not counted.",
    unit: Seconds,
    queries: [
      {
        expr: 'max by (state) (pg_stat_activity_max_tx_duration{backend_type=~"|client backend"})',
        legend: "{{state}}",
      },
    ],
    ...alarm("PostgresLongTransactions"),
  },
  {
    kind: "timeseries",
    title: "Waiting for locks",
    description: "Sessions that wait for a lock that another one holds.",
    unit: Short,
    queries: [
      {
        expr: 'sum(pg_stat_activity_count{wait_event_type="Lock"}) or vector(0)',
        legend: "waiting",
      },
    ],
    ...alarm("PostgresLockWaits"),
  },
  {
    kind: "timeseries",
    title: "Locks held",
    description: "Locks by mode; exclusive ones keep others out.",
    unit: Short,
    queries: [{ expr: "sum by (mode) (pg_locks_count)", legend: "{{mode}}" }],
  },
  {
    kind: "timeseries",
    title: "Rows",
    description: "Rows a second read by index or scan, and changed.",
    unit: RowsPerSecond,
    queries: [
      { expr: `sum(rate(pg_stat_database_tup_fetched[${WINDOW}]))`, legend: "fetched" },
      { expr: `sum(rate(pg_stat_database_tup_inserted[${WINDOW}]))`, legend: "inserted" },
      { expr: `sum(rate(pg_stat_database_tup_updated[${WINDOW}]))`, legend: "updated" },
      { expr: `sum(rate(pg_stat_database_tup_deleted[${WINDOW}]))`, legend: "deleted" },
    ],
  },
];

function memoryPanels({ settings }: Stack): PanelSpec[] {
  const { alarm: alarmBelow } = alarmOf(settings, "PostgresCacheHitLow");
  return [
    {
      kind: "timeseries",
      title: "Found in memory",
      description:
        "Share of the blocks read that were in shared buffers; 1 where nothing was read.",
      unit: PercentUnit,
      queries: [{ expr: "min(postgres:cache_hits:ratio_rate5m) or vector(1)", legend: "hits" }],
      ...(alarmBelow !== undefined && { alarmBelow }),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Temporary files",
      description: "Bytes a second that sorts and joins put on disk for want of work_mem.",
      unit: BytesIEC,
      queries: [{ expr: `sum(rate(pg_stat_database_temp_bytes[${WINDOW}]))`, legend: "written" }],
    },
    {
      kind: "timeseries",
      title: "Size of databases",
      description: "Bytes on disk, by database.",
      unit: BytesIEC,
      queries: [{ expr: "sum by (datname) (pg_database_size_bytes)", legend: "{{datname}}" }],
    },
    {
      kind: "timeseries",
      title: "Write-ahead log",
      description: "Its size, and the size that checkpoints should keep it to.",
      unit: BytesIEC,
      queries: [
        { expr: "max(pg_wal_size_bytes)", legend: "size" },
        { expr: "max(pg_settings_max_wal_size_bytes)", legend: "goal" },
      ],
    },
  ];
}

const upkeepPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Dead rows",
    description: "The most dead rows that a table holds until vacuum takes them away.",
    unit: Short,
    queries: [{ expr: "max(pg_stat_user_tables_n_dead_tup) or vector(0)", legend: "dead rows" }],
  },
  {
    kind: "timeseries",
    title: "Transaction numbers used",
    description: "By database; vacuum gives them back, and at 1 Postgres refuses writes.",
    unit: PercentUnit,
    queries: [
      {
        expr: "max by (datname) (postgres:transaction_numbers_used:ratio)",
        legend: "{{datname}}",
      },
    ],
    ...alarm("PostgresWraparound"),
    max: 1,
  },
];
