import { findWorkload, type Stack } from "../../../model/stack";
import { POSTGRES_BACKUP } from "../../../model/workloads/postgres-backup";
import { POSTGRES_EXPORTER } from "../../../model/workloads/postgres-exporter";
import { alertRule } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Is there a backup of Postgres, and how old is it? */
export function postgresBackupRules(stack: Stack): RuleGroup[] {
  const schedule = findWorkload(stack, POSTGRES_BACKUP)?.schedule;
  if (schedule === undefined || !findWorkload(stack, POSTGRES_EXPORTER)) return [];
  const { every } = schedule;
  return [
    {
      name: "postgres-backup",
      rules: [
        ...alertRule(stack, "PostgresBackupTooOld", ({ threshold, limit }) => ({
          expr: `time() - max by (job, instance) (pg_backup_last_success_timestamp_seconds) > ${threshold * every.seconds}`,
          description: `The newest backup of Postgres is {{ $value | humanizeDuration }} old; one is due every ${every.toString()} (limit ${limit} times that).`,
        })),
        ...alertRule(stack, "PostgresBackupMissing", () => ({
          expr: "max by (job, instance) (pg_up == 1) unless on (job, instance) pg_backup_last_success_timestamp_seconds",
          description: "No backup of Postgres has ever ended well.",
        })),
      ],
    },
  ];
}
