import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import { Size } from "../units/size";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach Grafana. */
export const GRAFANA = "grafana";
/** The port Grafana listens on inside its container. */
export const GRAFANA_PORT = 3000;
/** Where datasources and dashboard providers are provisioned. */
export const GRAFANA_PROVISIONING_DIRECTORY = "/etc/grafana/provisioning";
/** Where the dashboards themselves are provisioned. */
export const GRAFANA_DASHBOARDS_DIRECTORY = "/etc/grafana/dashboards";

/** Grafana: no anonymous access, no sign-up, no calls home, nothing installed at start. */
export function grafanaWorkload(
  settings: Settings["grafana"],
  connects: readonly string[],
): Workload {
  return {
    ...programBasics(settings),
    name: GRAFANA,
    role: "monitor",
    connects,
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
    },
    ports: [{ container: GRAFANA_PORT, ...(settings.publish && { publish: settings.publish }) }],
    health: { kind: "http", port: GRAFANA_PORT, path: "/api/health" },
    volumes: [{ name: "data", path: "/var/lib/grafana", storage: settings.storage }],
    scratch: [{ path: "/tmp", size: Size.mebibytes(64) }],
  };
}
