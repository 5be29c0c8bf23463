import type { Settings } from "../settings/schema";
import { POSTGRES, POSTGRES_PORT } from "./postgres";
import { externalDatabase, type PostgresAccess } from "./store-access";

/** Grafana's own database in the stack's Postgres, and the role that owns it. */
export const GRAFANA_DATABASE = "grafana";

/** Where Grafana keeps users, sessions and annotations; absent: on a volume of its own. */
export function grafanaDatabase(settings: Settings): PostgresAccess | undefined {
  const { monitoring, grafana, postgres } = settings;
  const used = monitoring.enabled && grafana.enabled && grafana.database === "postgres";
  if (!used || postgres?.enabled !== true) return undefined;
  if (postgres.external !== undefined) {
    return grafana.databaseLogin && externalDatabase(postgres.external, grafana.databaseLogin);
  }
  return {
    host: POSTGRES,
    port: POSTGRES_PORT,
    database: GRAFANA_DATABASE,
    user: GRAFANA_DATABASE,
    // Without TLS: the network between the two is closed to everyone else.
    sslmode: "disable",
    password: { generated: "postgres-grafana" },
  };
}
