import { POSTGRES_MONITORING_ROLE } from "../../model/workloads/postgres";
import { toYaml } from "../yaml";

/** A setting of the monitoring role as a number; null where there is none. */
const setting = (name: string): string =>
  `max(substring(entry FROM '^whalewatch\\.${name}=(\\d+)$')::float8)`;

/**
 * What the exporter asks beside its own questions: when the newest backup ended and how large it is.
 * The backup leaves both in the monitoring role's settings, which are there whatever becomes of any
 * database. Before the first one there is no row, and so no series.
 */
export function backupQueries(): string {
  return toYaml({
    pg_backup: {
      query: [
        `SELECT ${setting("backup_finished_at")} AS last_success_timestamp_seconds,`,
        `  ${setting("backup_bytes")} AS last_size_bytes`,
        "FROM pg_catalog.pg_roles, unnest(rolconfig) AS entry",
        `WHERE rolname = '${POSTGRES_MONITORING_ROLE}'`,
        `HAVING ${setting("backup_finished_at")} IS NOT NULL`,
      ].join("\n"),
      metrics: [
        {
          last_success_timestamp_seconds: {
            usage: "GAUGE",
            description: "When the newest backup ended, in Unix time",
          },
        },
        {
          last_size_bytes: { usage: "GAUGE", description: "Size of the newest backup" },
        },
      ],
    },
  });
}
