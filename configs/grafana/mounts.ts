import { dashboards } from "../../dashboards/dashboards";
import type { NamedDashboard } from "../../dashboards/panels";
import { DATASOURCE_UID } from "../../dashboards/datasource";
import type { FileMount } from "../../model/files";
import { secretText } from "../../model/secrets";
import type { Stack } from "../../model/stack";
import { grafanaDatabase } from "../../model/workloads/grafana-database";
import {
  GRAFANA_DASHBOARDS_DIRECTORY,
  GRAFANA_PROVISIONING_DIRECTORY,
} from "../../model/workloads/grafana";
import { PROMETHEUS, PROMETHEUS_PORT } from "../../model/workloads/prometheus";
import { passwordFile, secretMount } from "../secret-mount";
import { ruleGroups } from "../prometheus/mounts";
import { alertsOf } from "../prometheus/rule-group";
import { toYaml } from "../yaml";

/** Datasource, dashboard provider, the dashboards and the administrator's password. */
export function grafanaMounts(stack: Stack): FileMount[] {
  const database = grafanaDatabase(stack.settings);
  return [
    {
      name: "datasources",
      directory: `${GRAFANA_PROVISIONING_DIRECTORY}/datasources`,
      sensitive: false,
      onChange: "replace",
      files: { "prometheus.yml": datasourceYaml(stack) },
    },
    {
      name: "providers",
      directory: `${GRAFANA_PROVISIONING_DIRECTORY}/dashboards`,
      sensitive: false,
      onChange: "replace",
      files: { "whalewatch.yml": providerYaml() },
    },
    {
      name: "dashboards",
      directory: GRAFANA_DASHBOARDS_DIRECTORY,
      sensitive: false,
      // Grafana rereads files, but only a new volume is free of dashboards no longer declared.
      onChange: "replace",
      files: Object.fromEntries(
        provisionedDashboards(stack).map((dashboard) => [
          `${dashboard.uid}.json`,
          `${JSON.stringify(dashboard, null, 2)}\n`,
        ]),
      ),
    },
    secretMount({
      "grafana-admin": passwordFile("grafana-admin"),
      ...(database && { "postgres-grafana": secretText`${database.password}` }),
    }),
  ];
}

/** The dashboards as they are provisioned, with the runbooks of the alerts that this stack has. */
export function provisionedDashboards(stack: Stack): NamedDashboard[] {
  const alerts = ruleGroups(stack).flatMap(alertsOf);
  return dashboards(stack, new Set(alerts.map(({ alert }) => alert)));
}

function datasourceYaml({ settings }: Stack): string {
  return toYaml({
    apiVersion: 1,
    prune: true,
    datasources: [
      {
        name: "Prometheus",
        uid: DATASOURCE_UID,
        type: "prometheus",
        access: "proxy",
        // With several Prometheus the name leads to all that are ready. Each has scraped everything,
        // so any one can answer; Grafana keeps its connection to one, and when that one is gone,
        // its dialler goes on to the next address.
        url: `http://${PROMETHEUS}:${PROMETHEUS_PORT}`,
        isDefault: true,
        editable: false,
        jsonData: {
          httpMethod: "POST",
          timeInterval: settings.prometheus.scrapeInterval.toString(),
        },
      },
    ],
  });
}

function providerYaml(): string {
  return toYaml({
    apiVersion: 1,
    providers: [
      {
        name: "whalewatch",
        folder: "whalewatch",
        type: "file",
        disableDeletion: true,
        allowUiUpdates: false,
        options: { path: GRAFANA_DASHBOARDS_DIRECTORY },
      },
    ],
  });
}
