import type { AlertCase } from "../../../support/alert-cases";
import { stackFrom } from "../../../support/stack-settings";

const hourly = stackFrom({ postgres: { backup: { schedule: { every: "1h" } } } });
const labels = { job: "postgres-exporter", instance: "postgres-exporter:9187" };
const series = (metric: string): string =>
  `${metric}{job="${labels.job}",instance="${labels.instance}",server="postgres:5432"}`;
const NEWEST = series("pg_backup_last_success_timestamp_seconds");
const UP = series("pg_up");

/** The alerts on Postgres' backups on both sides of their thresholds. */
export const postgresBackupCases: readonly AlertCase[] = [
  {
    alert: "PostgresBackupTooOld",
    stack: hourly,
    past: { [NEWEST]: "59x700" },
    before: { [NEWEST]: "60x700" },
    at: "9060s",
    labels,
    says: "The newest backup of Postgres is 2h 30m 1s old; one is due every 1h (limit 2.5 times that).",
  },
  {
    alert: "PostgresBackupMissing",
    stack: hourly,
    past: { [UP]: "1x6500" },
    before: { [UP]: "1x6500", [NEWEST]: "60x6500" },
    notYet: "25h",
    at: "27h",
    labels,
    says: "No backup of Postgres has ever ended well.",
  },
];
