import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";
import { POSTGRES, POSTGRES_MONITORING_ROLE, POSTGRES_PORT } from "./postgres";

/** The name under which peers reach the exporter. */
export const POSTGRES_EXPORTER = "postgres-exporter";
/** The port the exporter listens on. */
export const POSTGRES_EXPORTER_PORT = 9187;

/** Reads PostgreSQL's statistics as a role that can do nothing else. */
export function postgresExporterWorkload(
  settings: Settings["exporters"]["postgres"],
  database: string,
): Workload {
  return {
    ...programBasics(settings),
    name: POSTGRES_EXPORTER,
    role: "exporter",
    connects: [POSTGRES],
    env: {
      // Without TLS: the network between the two is closed to everyone else.
      DATA_SOURCE_URI: `${POSTGRES}:${POSTGRES_PORT}/${database}?sslmode=disable`,
      DATA_SOURCE_USER: POSTGRES_MONITORING_ROLE,
      DATA_SOURCE_PASS_FILE: `${SECRETS_DIRECTORY}/postgres-monitoring`,
    },
    ports: [{ container: POSTGRES_EXPORTER_PORT }],
    health: { kind: "http", port: POSTGRES_EXPORTER_PORT, path: "/" },
  };
}
