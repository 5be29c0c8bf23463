import type { FileMount } from "../../model/files";
import type { GeneratedSecret, SecretText } from "../../model/secrets";
import type { Settings } from "../../model/settings/schema";
import { GRAFANA_DATABASE } from "../../model/workloads/grafana-database";
import {
  POSTGRES_APP_ROLE,
  POSTGRES_MONITORING_ROLE,
  POSTGRES_PROGRAM_DIRECTORY,
} from "../../model/workloads/postgres";
import { passwordFile, secretMount } from "../secret-mount";
import { START_PROGRAM } from "./start";

/** The exporter holds one connection a database; a stuck one must not use up the server's. */
const MONITORING_CONNECTIONS = 5;

/** The program that starts it, the roles that the first start creates, and all their passwords. */
export function postgresMounts(
  { database }: NonNullable<Settings["postgres"]>,
  { withGrafana }: { readonly withGrafana: boolean },
): FileMount[] {
  return [
    {
      name: "program",
      directory: POSTGRES_PROGRAM_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "start.sh": START_PROGRAM },
    },
    {
      name: "init",
      directory: "/docker-entrypoint-initdb.d",
      sensitive: true,
      onChange: "replace",
      files: {
        "10-roles.sql": rolesSql(database),
        ...(withGrafana && { "20-grafana.sql": grafanaSql() }),
      },
    },
    secretMount({
      "postgres-superuser": passwordFile("postgres-superuser"),
      "passwords.sql": passwordsSql({
        postgres: "postgres-superuser",
        [POSTGRES_APP_ROLE]: "postgres-app",
        [POSTGRES_MONITORING_ROLE]: "postgres-monitoring",
        ...(withGrafana && { [GRAFANA_DATABASE]: "postgres-grafana" }),
      }),
    }),
  ];
}

/**
 * A statement a line, as single-user mode reads them. A failing one would be logged with the password
 * in it, so none is logged; a role that is not there is left out.
 */
function passwordsSql(passwords: Readonly<Record<string, GeneratedSecret>>): SecretText {
  const quiet = ["log_min_error_statement = panic", "log_statement = none"];
  return {
    parts: [
      ...quiet.map((setting) => `SET ${setting};\n`),
      ...Object.entries(passwords).flatMap(([role, generated]) => [
        `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN ALTER ROLE ${role} PASSWORD '`,
        { generated },
        "'; END IF; END $$;\n",
      ]),
    ],
  };
}

/**
 * A role for the services, which owns its database and nothing else, and one for the exporter,
 * which may read statistics and no data. Generated passwords are letters and digits, so they need
 * no escaping.
 */
function rolesSql(database: string): SecretText {
  return {
    parts: [
      `CREATE ROLE ${POSTGRES_APP_ROLE} LOGIN PASSWORD '`,
      { generated: "postgres-app" },
      `';\nCREATE ROLE ${POSTGRES_MONITORING_ROLE} LOGIN CONNECTION LIMIT ${MONITORING_CONNECTIONS} PASSWORD '`,
      { generated: "postgres-monitoring" },
      `';
GRANT pg_monitor, pg_use_reserved_connections TO ${POSTGRES_MONITORING_ROLE};
ALTER DATABASE "${database}" OWNER TO ${POSTGRES_APP_ROLE};
REVOKE ALL ON DATABASE "${database}" FROM PUBLIC;
GRANT CONNECT ON DATABASE "${database}" TO ${POSTGRES_MONITORING_ROLE};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO ${POSTGRES_APP_ROLE};
`,
    ],
  };
}

/** Apart from the rest, so that it can also be run by hand on a server that is there already. */
function grafanaSql(): SecretText {
  return {
    parts: [
      `CREATE ROLE ${GRAFANA_DATABASE} LOGIN PASSWORD '`,
      { generated: "postgres-grafana" },
      `';
CREATE DATABASE ${GRAFANA_DATABASE} OWNER ${GRAFANA_DATABASE};
REVOKE ALL ON DATABASE ${GRAFANA_DATABASE} FROM PUBLIC;
`,
    ],
  };
}
