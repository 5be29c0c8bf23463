import { RUNBOOKS_UID, runbookPanelId } from "../dashboards/runbook-panel";
import type { ResolvedAlert } from "../model/alerts/resolve";
import { grafanaUrl } from "../model/grafana-url";
import type { Settings } from "../model/settings/schema";

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
