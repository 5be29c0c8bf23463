import { findWorkload, type Stack } from "../../../model/stack";
import { POSTGRES_EXPORTER } from "../../../model/workloads/postgres-exporter";
import { alertRule } from "../alert-rule";
import type { RecordingRule, RuleGroup } from "../rule-group";

/** Blocks a second below which the share found in memory says nothing. */
const LEAST_READS = 100;
/** Rollbacks a second below which their share says nothing. */
const LEAST_ROLLBACKS = 0.1;
/** Dead rows below which a table is too small to bother. */
const LEAST_DEAD_ROWS = 10_000;
/** Transactions that Postgres can tell apart; past them it refuses writes (manual, 24.1.5). */
const TRANSACTION_NUMBERS = 2 ** 31;

/** PostgreSQL: is it there, has it room, do transactions get through, is it looked after? */
export function postgresRules(stack: Stack): RuleGroup[] {
  if (!findWorkload(stack, POSTGRES_EXPORTER)) return [];
  return [
    {
      name: "postgres",
      rules: [
        ...recordings,
        ...alertRule(stack, "PostgresDown", () => ({
          expr: "pg_up == 0",
          description: "The exporter {{ $labels.instance }} cannot log in to Postgres.",
        })),
        ...alertRule(stack, "PostgresExporterErrors", () => ({
          expr: "pg_exporter_last_scrape_error == 1 and pg_up == 1",
          description:
            "{{ $labels.instance }} reaches Postgres, but some of its questions fail; other alerts about Postgres may be blind.",
        })),
        ...connectionRules(stack),
        ...transactionRules(stack),
        ...replicationRules(stack),
        ...upkeepRules(stack),
      ],
    },
  ];
}

const recordings: readonly RecordingRule[] = [
  {
    // reserved_connections is new in PostgreSQL 16.
    record: "postgres:connections_allowed:max",
    expr: "max by (job, instance) (pg_settings_max_connections) - max by (job, instance) (pg_settings_superuser_reserved_connections) - (max by (job, instance) (pg_settings_reserved_connections) or max by (job, instance) (pg_settings_superuser_reserved_connections) * 0)",
  },
  {
    // Not pg_stat_database_numbackends: the exporter opens a connection of its own for that, so it
    // is gone just when there is no connection left. Zeros have an empty backend_type.
    record: "postgres:connections_used:ratio",
    expr: 'sum by (job, instance) (pg_stat_activity_count{backend_type=~"|client backend"}) / max by (job, instance) (postgres:connections_allowed:max)',
  },
  {
    record: "postgres:cache_hits:ratio_rate5m",
    expr: `sum by (job, instance) (rate(pg_stat_database_blks_hit[5m])) / (sum by (job, instance) (rate(pg_stat_database_blks_hit[5m])) + sum by (job, instance) (rate(pg_stat_database_blks_read[5m])) > 0)`,
  },
  {
    record: "postgres:rollbacks:ratio_rate5m",
    expr: "sum by (job, instance) (rate(pg_stat_database_xact_rollback[5m])) / (sum by (job, instance) (rate(pg_stat_database_xact_commit[5m])) + sum by (job, instance) (rate(pg_stat_database_xact_rollback[5m])) > 0)",
  },
  {
    record: "postgres:transaction_numbers_used:ratio",
    expr: `max by (job, instance, datname) (pg_database_wraparound_age_datfrozenxid_seconds) / ${TRANSACTION_NUMBERS}`,
  },
];

function connectionRules(stack: Stack) {
  return [
    ...alertRule(stack, "PostgresConnectionsHigh", ({ threshold, limit }) => ({
      expr: `postgres:connections_used:ratio > ${threshold}`,
      description: `Clients hold {{ $value | humanizePercentage }} of the connections that Postgres has for them (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresConnectionsExhausted", ({ threshold, limit }) => ({
      expr: `postgres:connections_used:ratio >= ${threshold}`,
      description: `Clients hold {{ $value | humanizePercentage }} of the connections that Postgres has for them (limit ${limit}); the next ones are turned away.`,
    })),
  ];
}

function transactionRules(stack: Stack) {
  return [
    ...alertRule(stack, "PostgresDeadlocks", ({ threshold, limit }) => ({
      expr: `sum by (job, instance, datname) (increase(pg_stat_database_deadlocks[10m])) > ${threshold}`,
      description: `More than ${limit} deadlocks in ten minutes in the database {{ $labels.datname }}.`,
    })),
    ...alertRule(stack, "PostgresLockWaits", ({ threshold, limit }) => ({
      expr: `sum by (job, instance) (pg_stat_activity_count{wait_event_type="Lock"}) > ${threshold}`,
      description: `{{ $value }} sessions wait for a lock that another one holds (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresLongTransactions", ({ threshold, limit }) => ({
      // Vacuum may take its time: it holds nobody up.
      expr: `max by (job, instance, datname, usename, state) (pg_stat_activity_max_tx_duration{backend_type=~"|client backend"}) > ${threshold}`,
      description: `A transaction of {{ $labels.usename }} in {{ $labels.datname }} ({{ $labels.state }}) has been open for {{ $value | humanizeDuration }} (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresCacheHitLow", ({ threshold, limit }) => ({
      expr: `postgres:cache_hits:ratio_rate5m < ${threshold} and sum by (job, instance) (rate(pg_stat_database_blks_read[5m])) > ${LEAST_READS}`,
      description: `Postgres finds {{ $value | humanizePercentage }} of what it reads in its memory (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresRollbacksHigh", ({ threshold, limit }) => ({
      expr: `postgres:rollbacks:ratio_rate5m > ${threshold} and sum by (job, instance) (rate(pg_stat_database_xact_rollback[5m])) > ${LEAST_ROLLBACKS}`,
      description: `{{ $value | humanizePercentage }} of the transactions are undone (limit ${limit}).`,
    })),
  ];
}

/** A stack has one Postgres, but the one that others run for it may be or have a replica. */
function replicationRules(stack: Stack) {
  if (!stack.settings.postgres?.external) return [];
  return [
    ...alertRule(stack, "PostgresReplicationLag", ({ threshold, limit }) => ({
      expr: `pg_replication_lag_seconds > ${threshold} and pg_replication_is_replica == 1`,
      description: `The replica behind {{ $labels.instance }} is {{ $value | humanizeDuration }} behind (limit ${limit}).`,
    })),
  ];
}

function upkeepRules(stack: Stack) {
  return [
    ...alertRule(stack, "PostgresReplicationSlotIdle", () => ({
      expr: "max by (job, instance, slot_name) (pg_replication_slot_slot_is_active) == 0",
      description:
        "Nobody reads from the replication slot {{ $labels.slot_name }}, so Postgres keeps its log for ever.",
    })),
    ...alertRule(stack, "PostgresWalLarge", ({ threshold, limit }) => ({
      expr: `max by (job, instance) (pg_wal_size_bytes) / max by (job, instance) (pg_settings_max_wal_size_bytes) > ${threshold}`,
      description: `The write-ahead log is {{ $value | humanize }} times as large as it should get (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresArchivingFailing", () => ({
      expr: "increase(pg_stat_archiver_failed_count[10m]) > 0",
      description:
        "Postgres could not hand on its write-ahead log in the last 10 minutes; it stays on the volume until it can.",
    })),
    ...alertRule(stack, "PostgresVacuumBehind", ({ threshold, limit }) => ({
      expr: `max by (job, instance, datname, schemaname, relname) (pg_stat_user_tables_n_dead_tup > ${LEAST_DEAD_ROWS}) / (max by (job, instance, datname, schemaname, relname) (pg_stat_user_tables_n_live_tup) + max by (job, instance, datname, schemaname, relname) (pg_stat_user_tables_n_dead_tup)) > ${threshold}`,
      description: `{{ $value | humanizePercentage }} of the rows of {{ $labels.schemaname }}.{{ $labels.relname }} are dead (limit ${limit}).`,
    })),
    ...alertRule(stack, "PostgresWraparound", ({ threshold, limit }) => ({
      expr: `postgres:transaction_numbers_used:ratio > ${threshold}`,
      description: `{{ $labels.datname }} has used {{ $value | humanizePercentage }} of its transaction numbers (limit ${limit}); at 100% Postgres refuses writes.`,
    })),
  ];
}
