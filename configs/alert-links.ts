import { RUNBOOKS_UID, runbookPanelId } from "../dashboards/runbook-panel";
import type { ResolvedAlert } from "../model/alerts/resolve";
import type { Settings } from "../model/settings/schema";
import { GRAFANA, GRAFANA_PORT } from "../model/workloads/grafana";

/** Where Grafana is opened: as set, else as published, else the name that it has in the stack. */
export function grafanaUrl({ grafana: { url, publish } }: Settings): string {
  if (url !== undefined) return url;
  return publish
    ? `http://${publish.address}:${publish.port}`
    : `http://${GRAFANA}:${GRAFANA_PORT}`;
}

/** A dashboard's address; `variables` are filled in by whoever sends the link on. */
export function dashboardUrl(
  settings: Settings,
  uid: string,
  variables: Readonly<Record<string, string>> = {},
): string {
  const query = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return `${grafanaUrl(settings)}/d/${uid}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** An alert's links: where to look, and what to do. */
export function alertLinks(
  settings: Settings,
  { name, dashboard, per }: ResolvedAlert,
): { dashboard_url?: string; runbook_url?: string } {
  const { grafana, alerts } = settings;
  const runbook =
    alerts.runbookUrl !== undefined
      ? `${alerts.runbookUrl.replace(/\/$/, "")}/${name}.md`
      : grafana.enabled
        ? `${dashboardUrl(settings, RUNBOOKS_UID)}?viewPanel=panel-${runbookPanelId(name)}`
        : undefined;
  return {
    ...(runbook !== undefined && { runbook_url: runbook }),
    ...(grafana.enabled && {
      dashboard_url: dashboardUrl(
        settings,
        dashboard,
        per === "service" ? { service: "{{ $labels.service }}" } : {},
      ),
    }),
  };
}
