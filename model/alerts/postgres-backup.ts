import type { AlertDefinitions } from "./alert";
import { count } from "./threshold";

/** The backups of Postgres, as they leave their mark in it. */
export const postgresBackupAlerts = {
  PostgresBackupTooOld: {
    severity: "critical",
    threshold: count({
      default: "2.5",
      lowest: "1.1",
      highest: "100",
      source: "times the schedule's period: two runs failed, and the third had half a period",
    }),
    summary: "Postgres has not been backed up for too long.",
    dashboard: "postgres",
  },
  PostgresBackupMissing: {
    severity: "critical",
    // Longer than the longest period, so that the first run has had its turn.
    for: "26h",
    summary: "Postgres has never been backed up.",
    dashboard: "postgres",
  },
} as const satisfies AlertDefinitions;
