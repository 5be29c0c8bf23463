import { outsideWays } from "../outside-ways";
import { grafanaAddress } from "../grafana-address";
import { SECRETS_DIRECTORY } from "../secrets";
import type { QuerySettings } from "../settings/query";
import type { Settings } from "../settings/schema";
import { Size } from "../units/size";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";
import { POSTGRES } from "./postgres";
import type { PostgresAccess } from "./store-access";

/** The name under which peers reach Grafana. */
export const GRAFANA = "grafana";
/** The port Grafana listens on inside its container. */
export const GRAFANA_PORT = 3000;
/** Where datasources and dashboard providers are provisioned. */
export const GRAFANA_PROVISIONING_DIRECTORY = "/etc/grafana/provisioning";
/** Where the dashboards themselves are provisioned. */
export const GRAFANA_DASHBOARDS_DIRECTORY = "/etc/grafana/dashboards";

/** Where Grafana writes: its own database where it has none elsewhere. */
const DATA_DIRECTORY = "/var/lib/grafana";
/** Of the server's connections, at most so many are one Grafana's; its own default is no limit. */
const MOST_CONNECTIONS = 10;

/** Grafana: no anonymous access, no sign-up, no calls home, nothing installed at start. */
export function grafanaWorkload(
  { grafana: settings, kubernetes: { route } }: Settings,
  connects: readonly string[],
  database?: PostgresAccess,
  query?: QuerySettings,
): Workload {
  const url = grafanaAddress({ grafana: settings, kubernetes: { route } });
  const ways = outsideWays(query ? [query] : []);
  const outside = [...(database?.outside ? [database.outside] : []), ...ways.outside];
  const tmp = { path: "/tmp", size: Size.mebibytes(64) };
  return {
    ...programBasics(settings),
    name: GRAFANA,
    role: "monitor",
    replicas: settings.replicas,
    ...(settings.host !== undefined && { host: settings.host }),
    connects: database && !database.outside ? [...connects, POSTGRES] : connects,
    internet: ways.internet,
    ...(outside.length > 0 && { outside }),
    env: {
      GF_SECURITY_ADMIN_PASSWORD__FILE: `${SECRETS_DIRECTORY}/grafana-admin`,
      GF_AUTH_ANONYMOUS_ENABLED: "false",
      GF_USERS_ALLOW_SIGN_UP: "false",
      GF_ANALYTICS_REPORTING_ENABLED: "false",
      GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
      GF_NEWS_NEWS_FEED_ENABLED: "false",
      GF_PLUGINS_PREINSTALL_DISABLED: "true",
      GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
      GF_LOG_MODE: "console",
      ...(url !== undefined && { GF_SERVER_ROOT_URL: url }),
      ...(url?.startsWith("https:") === true && { GF_SECURITY_COOKIE_SECURE: "true" }),
      ...(database && databaseVariables(database)),
      // Alerts are Prometheus' affair; each replica would send those of Grafana once more.
      ...(settings.replicas > 1 && { GF_UNIFIED_ALERTING_EXECUTE_ALERTS: "false" }),
    },
    ports: [{ container: GRAFANA_PORT, ...(settings.publish && { publish: settings.publish }) }],
    health: { kind: "http", port: GRAFANA_PORT, path: "/api/health" },
    ...(database
      ? { scratch: [tmp, { path: DATA_DIRECTORY, size: Size.mebibytes(64) }] }
      : {
          volumes: [{ name: "data", path: DATA_DIRECTORY, storage: settings.storage }],
          scratch: [tmp],
        }),
  };
}

function databaseVariables(access: PostgresAccess): Record<string, string> {
  const { host, port, database, user, sslmode } = access;
  return {
    GF_DATABASE_TYPE: "postgres",
    GF_DATABASE_HOST: `${host}:${port}`,
    GF_DATABASE_NAME: database,
    GF_DATABASE_USER: user,
    GF_DATABASE_PASSWORD__FILE: `${SECRETS_DIRECTORY}/postgres-grafana`,
    GF_DATABASE_SSL_MODE: sslmode,
    GF_DATABASE_MAX_OPEN_CONN: String(MOST_CONNECTIONS),
  };
}
