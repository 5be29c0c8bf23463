import type { AlertCase, Samples } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { api: service({ needs: ["postgres"] }) }, postgres: {} });
const replica = stackFrom(
  {
    postgres: {
      external: {
        host: "db.example.com",
        database: "app",
        user: "app",
        secret: "db",
        monitoring: { user: "watch", secret: "watch" },
      },
    },
  },
  ["db", "watch"],
);
const labels = { job: "postgres-exporter", instance: "postgres-exporter:9187" };
const series = (metric: string, more = ""): string =>
  `${metric}{job="${labels.job}",instance="${labels.instance}"${more}}`;

/** 100 connections of which 3 are for superusers, and as many taken as said. */
const connections = (used: number, reserved?: number): Samples => ({
  [series("pg_settings_max_connections")]: "103x60",
  [series("pg_settings_superuser_reserved_connections")]: "3x60",
  ...(reserved !== undefined && {
    [series("pg_settings_reserved_connections")]: `${reserved}x60`,
  }),
  [series("pg_stat_activity_count", ',state="idle",backend_type="client backend"')]: `${used}x60`,
  [series("pg_stat_activity_count", ',state="active",backend_type="autovacuum worker"')]: "9x60",
});
const transaction = (seconds: number): Samples => ({
  [series(
    "pg_stat_activity_max_tx_duration",
    `,datname="app",usename="app",state="idle in transaction",backend_type="client backend"`,
  )]: `${seconds}x60`,
});
const reads = (hit: number, read: number): Samples => ({
  [series("pg_stat_database_blks_hit", ',datname="app"')]: `0+${hit}x160`,
  [series("pg_stat_database_blks_read", ',datname="app"')]: `0+${read}x160`,
});
const transactions = (commit: number, rollback: number): Samples => ({
  [series("pg_stat_database_xact_commit", ',datname="app"')]: `0+${commit}x160`,
  [series("pg_stat_database_xact_rollback", ',datname="app"')]: `0+${rollback}x160`,
});
const lag = (seconds: number, isReplica: 0 | 1): Samples => ({
  [series("pg_replication_lag_seconds")]: `${seconds}x60`,
  [series("pg_replication_is_replica")]: `${isReplica}x60`,
});
const table = ',datname="app",schemaname="public",relname="events"';
const rows = (live: number, dead: number): Samples => ({
  [series("pg_stat_user_tables_n_live_tup", table)]: `${live}x300`,
  [series("pg_stat_user_tables_n_dead_tup", table)]: `${dead}x300`,
});
const log = (size: number): Samples => ({
  [series("pg_wal_size_bytes")]: `${size}x120`,
  [series("pg_settings_max_wal_size_bytes")]: "1000x120",
});
const numbers = (age: number): Samples => ({
  [series("pg_database_wraparound_age_datfrozenxid_seconds", ',datname="app"')]: `${age}x60`,
});
const lagging = {
  alert: "PostgresReplicationLag",
  stack: replica,
  past: lag(31, 1),
  notYet: "4m",
  at: "6m",
  labels,
  says: "The replica behind postgres-exporter:9187 is 31s behind (limit 30s).",
} as const;
const cacheMisses = {
  alert: "PostgresCacheHitLow",
  stack,
  past: reads(16_000, 2000),
  notYet: "14m",
  at: "25m",
  labels,
  says: "Postgres finds 88.89% of what it reads in its memory (limit 90%).",
} as const;
const rollbacks = {
  alert: "PostgresRollbacksHigh",
  stack,
  past: transactions(88, 12),
  notYet: "9m",
  at: "20m",
  labels,
  says: "12% of the transactions are undone (limit 10%).",
} as const;
const dead = {
  alert: "PostgresVacuumBehind",
  stack,
  past: rows(11_000, 11_000),
  notYet: "59m",
  at: "62m",
  labels: { ...labels, datname: "app", schemaname: "public", relname: "events" },
  says: "50% of the rows of public.events are dead (limit 40%).",
} as const;

/** Postgres' alerts on both sides of their thresholds. */
export const postgresCases: readonly AlertCase[] = [
  {
    alert: "PostgresDown",
    stack,
    past: { [series("pg_up")]: "0x40" },
    before: { [series("pg_up")]: "1x40" },
    notYet: "45s",
    at: "2m",
    labels,
    says: "The exporter postgres-exporter:9187 cannot log in to Postgres.",
  },
  {
    alert: "PostgresExporterErrors",
    stack,
    past: { [series("pg_up")]: "1x60", [series("pg_exporter_last_scrape_error")]: "1x60" },
    before: { [series("pg_up")]: "0x60", [series("pg_exporter_last_scrape_error")]: "1x60" },
    notYet: "9m",
    at: "12m",
    labels,
    says: "postgres-exporter:9187 reaches Postgres, but some of its questions fail; other alerts about Postgres may be blind.",
  },
  {
    alert: "PostgresConnectionsHigh",
    stack,
    past: connections(81),
    before: connections(80),
    notYet: "4m",
    at: "6m",
    labels,
    says: "Clients hold 81% of the connections that Postgres has for them (limit 80%).",
  },
  {
    alert: "PostgresConnectionsHigh",
    title: "some reserved",
    stack,
    past: connections(73, 10),
    before: connections(72, 10),
    notYet: "4m",
    at: "6m",
    labels,
    says: "Clients hold 81.11% of the connections that Postgres has for them (limit 80%).",
  },
  {
    alert: "PostgresConnectionsExhausted",
    stack,
    past: connections(95),
    before: connections(94),
    notYet: "45s",
    at: "2m",
    labels,
    says: "Clients hold 95% of the connections that Postgres has for them (limit 95%); the next ones are turned away.",
  },
  {
    alert: "PostgresDeadlocks",
    stack,
    past: { [series("pg_stat_database_deadlocks", ',datname="app"')]: "0x20 3x40" },
    before: { [series("pg_stat_database_deadlocks", ',datname="app"')]: "3x60" },
    at: "9m",
    labels: { ...labels, datname: "app" },
    says: "More than 1 deadlocks in ten minutes in the database app.",
  },
  {
    alert: "PostgresLockWaits",
    stack,
    past: { [series("pg_stat_activity_count", ',wait_event_type="Lock"')]: "6x60" },
    before: {
      [series("pg_stat_activity_count", ',wait_event_type="Lock"')]: "5x60",
      [series("pg_stat_activity_count", ',wait_event_type="Client"')]: "50x60",
    },
    notYet: "4m",
    at: "6m",
    labels,
    says: "6 sessions wait for a lock that another one holds (limit 5).",
  },
  {
    alert: "PostgresLongTransactions",
    stack,
    past: transaction(301),
    before: transaction(300),
    notYet: "45s",
    at: "5m",
    labels: { ...labels, datname: "app", usename: "app", state: "idle in transaction" },
    says: "A transaction of app in app (idle in transaction) has been open for 5m 1s (limit 5m).",
  },
  { ...cacheMisses, before: reads(18_000, 1900) },
  { ...cacheMisses, title: "with few reads", before: reads(100, 100) },
  { ...rollbacks, before: transactions(90, 10) },
  { ...rollbacks, title: "with few transactions", before: transactions(1, 1) },
  { ...lagging, before: lag(30, 1) },
  { ...lagging, title: "on a primary", before: lag(31, 0) },
  {
    alert: "PostgresReplicationSlotIdle",
    stack,
    past: { [series("pg_replication_slot_slot_is_active", ',slot_name="old"')]: "0x160" },
    before: { [series("pg_replication_slot_slot_is_active", ',slot_name="old"')]: "1x160" },
    notYet: "29m",
    at: "32m",
    labels: { ...labels, slot_name: "old" },
    says: "Nobody reads from the replication slot old, so Postgres keeps its log for ever.",
  },
  {
    alert: "PostgresWalLarge",
    stack,
    past: log(2500),
    before: log(2000),
    notYet: "14m",
    at: "17m",
    labels,
    says: "The write-ahead log is 2.5 times as large as it should get (limit 2).",
  },
  {
    alert: "PostgresArchivingFailing",
    stack,
    past: { [series("pg_stat_archiver_failed_count")]: "0+1x80" },
    before: { [series("pg_stat_archiver_failed_count")]: "7x80" },
    notYet: "4m",
    at: "15m",
    labels,
    says: "Postgres could not hand on its write-ahead log in the last 10 minutes; it stays on the volume until it can.",
  },
  { ...dead, before: rows(18_000, 12_000) },
  { ...dead, title: "in a small table", before: rows(100, 9999) },
  {
    alert: "PostgresWraparound",
    stack,
    past: numbers(2 ** 30 + 2 ** 24),
    before: numbers(2 ** 30),
    notYet: "4m",
    at: "6m",
    labels: { ...labels, datname: "app" },
    says: "app has used 50.78% of its transaction numbers (limit 50%); at 100% Postgres refuses writes.",
  },
];
