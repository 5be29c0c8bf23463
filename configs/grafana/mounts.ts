import stringify from "json-stringify-pretty-compact";
import { dashboards } from "../../dashboards/dashboards";
import type { NamedDashboard } from "../../dashboards/panels";
import { queriesWithin } from "../../dashboards/scope";
import type { FileMount } from "../../model/files";
import { seriesLabels } from "../../model/series-scope";
import { secretText } from "../../model/secrets";
import type { Stack } from "../../model/stack";
import { grafanaDatabase } from "../../model/workloads/grafana-database";
import {
  GRAFANA_DASHBOARDS_DIRECTORY,
  GRAFANA_PROVISIONING_DIRECTORY,
} from "../../model/workloads/grafana";
import { passwordFile, secretMount } from "../secret-mount";
import { ruleGroups } from "../prometheus/mounts";
import { alertsOf } from "../prometheus/rule-group";
import { toYaml } from "../yaml";
import { datasourceYaml, QUERY_SECRET } from "./datasource";

/** Lines that a review can read, and a file of a quarter less: a ConfigMap holds 1 MiB at most. */
const SHORT = { indent: 1, maxLength: 120 };

/** Datasource, dashboard provider, the dashboards and the administrator's password. */
export function grafanaMounts(stack: Stack): FileMount[] {
  const database = grafanaDatabase(stack.settings);
  const { query } = stack.settings.prometheus;
  const login = query?.secret;
  // A store elsewhere has the series of others too.
  const own = query && queriesWithin(seriesLabels(stack));
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
          `${stringify(dashboard, { ...SHORT, ...(own && { replacer: own }) })}\n`,
        ]),
      ),
    },
    secretMount({
      "grafana-admin": passwordFile("grafana-admin"),
      ...(database && { "postgres-grafana": secretText`${database.password}` }),
      ...(login !== undefined && {
        [QUERY_SECRET]: secretText`${{ declared: login }}`,
      }),
    }),
  ];
}

/** The dashboards as they are provisioned, with the runbooks of the alerts that this stack has. */
export function provisionedDashboards(stack: Stack): NamedDashboard[] {
  const alerts = ruleGroups(stack).flatMap(alertsOf);
  return dashboards(stack, new Set(alerts.map(({ alert }) => alert)));
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
