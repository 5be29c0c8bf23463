import type { FileMount } from "../../model/files";
import { secretText } from "../../model/secrets";
import type { Settings } from "../../model/settings/schema";
import { POSTGRES_EXPORTER_QUERIES } from "../../model/workloads/postgres-exporter";
import { secretMount } from "../secret-mount";
import { backupQueries } from "./queries";

/** The monitoring role's password, and what to ask beside the usual. */
export function postgresExporterMounts({ postgres }: Settings): FileMount[] {
  const declared = postgres?.external?.monitoring?.secret;
  const password =
    declared === undefined ? ({ generated: "postgres-monitoring" } as const) : { declared };
  const { directory, file } = POSTGRES_EXPORTER_QUERIES;
  return [
    secretMount({ "postgres-monitoring": secretText`${password}` }),
    ...(postgres?.backup
      ? [
          {
            name: "queries",
            directory,
            sensitive: false,
            onChange: "replace" as const,
            files: { [file]: backupQueries() },
          },
        ]
      : []),
  ];
}
