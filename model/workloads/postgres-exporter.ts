import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { EXPORTER_CONNECT_TIMEOUT, programBasics } from "./defaults";
import { POSTGRES, POSTGRES_MONITORING_ROLE } from "./postgres";
import { postgresAccess } from "./store-access";

/** The name under which peers reach the exporter. */
export const POSTGRES_EXPORTER = "postgres-exporter";
/** The port the exporter listens on. */
export const POSTGRES_EXPORTER_PORT = 9187;

/** Where its own questions are provisioned. */
export const POSTGRES_EXPORTER_QUERIES = {
  directory: "/etc/postgres-exporter",
  file: "queries.yaml",
};

/** Reads PostgreSQL's statistics as a role that can do nothing else. */
export function postgresExporterWorkload(
  settings: Settings["exporters"]["postgres"],
  postgres: NonNullable<Settings["postgres"]>,
): Workload {
  const { host, port, database, sslmode, outside } = postgresAccess(postgres);
  return {
    ...programBasics(settings),
    name: POSTGRES_EXPORTER,
    role: "exporter",
    ...(outside ? { outside: [outside] } : { connects: [POSTGRES] }),
    // Off by default, and the one number that says how far off a stop of all writes is.
    command: ["--collector.database_wraparound"],
    env: {
      DATA_SOURCE_URI: `${host}:${port}/${database}?sslmode=${sslmode}&connect_timeout=${EXPORTER_CONNECT_TIMEOUT.seconds}`,
      DATA_SOURCE_USER: postgres.external?.monitoring?.user ?? POSTGRES_MONITORING_ROLE,
      DATA_SOURCE_PASS_FILE: `${SECRETS_DIRECTORY}/postgres-monitoring`,
      // Said to go one day; until then nothing else asks the server about its backups.
      ...(postgres.backup && {
        PG_EXPORTER_EXTEND_QUERY_PATH: `${POSTGRES_EXPORTER_QUERIES.directory}/${POSTGRES_EXPORTER_QUERIES.file}`,
      }),
    },
    ports: [{ container: POSTGRES_EXPORTER_PORT }],
    health: { kind: "http", port: POSTGRES_EXPORTER_PORT, path: "/" },
  };
}
