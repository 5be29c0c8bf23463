import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import { Size } from "../units/size";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach PostgreSQL. */
export const POSTGRES = "postgres";
/** The port PostgreSQL listens on. */
export const POSTGRES_PORT = 5432;
/** Where the program that starts it is provisioned. */
export const POSTGRES_PROGRAM_DIRECTORY = "/etc/postgres";
/** What gives every role its password, a statement a line. */
export const POSTGRES_PASSWORDS_FILE = `${SECRETS_DIRECTORY}/passwords.sql`;
/** The database role that services log in as; it owns the application's database. */
export const POSTGRES_APP_ROLE = "app";
/** The read-only role of the exporter (`pg_monitor`). */
export const POSTGRES_MONITORING_ROLE = "monitoring";

/**
 * Connections that the exporter's role alone may take (`pg_use_reserved_connections`), so that it can
 * still tell of a server whose clients have taken all others. As many as PostgreSQL keeps for superusers.
 */
const RESERVED_CONNECTIONS = 3;

/**
 * PostgreSQL with its data below /var/lib/postgresql, where images from version 18 on want the
 * volume. shared_buffers is a quarter of the memory limit, as PostgreSQL's manual advises
 * (section 19.4.1).
 */
export function postgresWorkload(settings: NonNullable<Settings["postgres"]>): Workload {
  const sharedBuffers = settings.limits.memory.times(0.25).mebibytes;
  return {
    ...programBasics(settings),
    name: POSTGRES,
    role: "store",
    network: POSTGRES,
    command: [
      "sh",
      `${POSTGRES_PROGRAM_DIRECTORY}/start.sh`,
      "-c",
      `max_connections=${settings.maxConnections}`,
      "-c",
      `reserved_connections=${RESERVED_CONNECTIONS}`,
      "-c",
      `shared_buffers=${sharedBuffers}MB`,
    ],
    env: {
      POSTGRES_DB: settings.database,
      POSTGRES_USER: "postgres",
      POSTGRES_PASSWORD_FILE: `${SECRETS_DIRECTORY}/postgres-superuser`,
    },
    ports: [{ container: POSTGRES_PORT }],
    // Over TCP, because the server that runs the init scripts answers on its socket alone.
    health: {
      kind: "shell",
      line: `pg_isready -q -h 127.0.0.1 -U postgres -d ${settings.database}`,
    },
    volumes: [{ name: "data", path: "/var/lib/postgresql", storage: settings.storage }],
    scratch: [
      { path: "/var/run/postgresql", size: Size.mebibytes(16) },
      { path: "/tmp", size: Size.mebibytes(64) },
    ],
  };
}
