import type { AlertDefinitions } from "./alert";
import { count, duration, percent } from "./threshold";

const SEEDS = "the usual 80 % of the pool, as postgres_mixin has it";
const OBSERV_LIB = "postgres-observ-lib of Grafana";
const MIXIN = "postgres_mixin of postgres_exporter";

/** PostgreSQL, as its exporter sees it. */
export const postgresAlerts = {
  PostgresDown: {
    severity: "critical",
    for: "1m",
    summary: "Postgres does not answer.",
    dashboard: "postgres",
  },
  PostgresExporterErrors: {
    severity: "warning",
    for: "10m",
    summary: "What is known of Postgres is incomplete.",
    dashboard: "postgres",
  },
  PostgresConnectionsHigh: {
    severity: "warning",
    for: "5m",
    threshold: percent({ default: "80%", lowest: "10%", highest: "100%", source: SEEDS }),
    summary: "Postgres is running out of connections.",
    dashboard: "postgres",
  },
  PostgresConnectionsExhausted: {
    severity: "critical",
    for: "1m",
    threshold: percent({
      default: "95%",
      lowest: "50%",
      highest: "100%",
      source: "what is left is gone with one more pool of a service",
    }),
    summary: "Postgres has next to no connection left.",
    dashboard: "postgres",
  },
  PostgresDeadlocks: {
    severity: "warning",
    threshold: count({
      default: "1",
      lowest: "0",
      highest: "10000",
      source: `in ten minutes; ${OBSERV_LIB} has one in five`,
    }),
    summary: "Transactions block each other until Postgres breaks one off.",
    dashboard: "postgres",
  },
  PostgresLockWaits: {
    severity: "warning",
    for: "5m",
    threshold: count({
      default: "5",
      lowest: "0",
      highest: "10000",
      source: "sessions; a few wait for moments on any busy database",
    }),
    summary: "Sessions queue behind a lock.",
    dashboard: "postgres",
  },
  PostgresLongTransactions: {
    severity: "warning",
    for: "1m",
    threshold: duration({ default: "5m", lowest: "10s", highest: "24h", source: OBSERV_LIB }),
    summary: "A transaction has been open for long.",
    dashboard: "postgres",
  },
  PostgresCacheHitLow: {
    severity: "warning",
    for: "15m",
    threshold: percent({ default: "90%", lowest: "1%", highest: "100%", source: OBSERV_LIB }),
    summary: "Postgres reads much from disk that should be in memory.",
    dashboard: "postgres",
  },
  PostgresRollbacksHigh: {
    severity: "warning",
    for: "10m",
    threshold: percent({ default: "10%", lowest: "1%", highest: "100%", source: MIXIN }),
    summary: "Many transactions are undone.",
    dashboard: "postgres",
  },
  PostgresReplicationLag: {
    severity: "warning",
    for: "5m",
    threshold: duration({ default: "30s", lowest: "1s", highest: "24h", source: OBSERV_LIB }),
    summary: "A replica of Postgres is behind.",
    dashboard: "postgres",
  },
  PostgresReplicationSlotIdle: {
    severity: "warning",
    for: "30m",
    summary: "Nobody reads from a replication slot.",
    dashboard: "postgres",
  },
  PostgresWalLarge: {
    severity: "warning",
    for: "15m",
    threshold: count({
      default: "2",
      lowest: "1",
      highest: "1000",
      source: "times max_wal_size, which a checkpoint exceeds only for moments",
    }),
    summary: "The write-ahead log is not cleared away.",
    dashboard: "postgres",
  },
  PostgresArchivingFailing: {
    severity: "critical",
    for: "5m",
    summary: "Postgres cannot archive its write-ahead log.",
    dashboard: "postgres",
  },
  PostgresVacuumBehind: {
    severity: "warning",
    for: "1h",
    threshold: percent({
      default: "40%",
      lowest: "5%",
      highest: "99%",
      source: "twice the share at which autovacuum begins",
    }),
    summary: "A table holds many dead rows.",
    dashboard: "postgres",
  },
  PostgresWraparound: {
    severity: "critical",
    for: "5m",
    threshold: percent({
      default: "50%",
      lowest: "10%",
      highest: "95%",
      source: "autovacuum begins at about 10 %, and the emergency vacuum at 75 %",
    }),
    summary: "Postgres is running out of transaction numbers.",
    dashboard: "postgres",
  },
} as const satisfies AlertDefinitions;
