import { readFileSync } from "node:fs";
import path from "node:path";
import { PanelBuilder as TextBuilder, TextMode } from "@grafana/grafana-foundation-sdk/text";
import { ALERT_DEFINITIONS } from "../model/alerts/catalog";
import type { NamedDashboard } from "./panels";
import { RUNBOOKS_UID, runbookPanelId } from "./runbook-panel";
import { startDashboard } from "./start-dashboard";

const FOLDER = path.resolve(__dirname, "../docs/runbooks");
const WHOLE_WIDTH = 24;
const HEIGHT = 14;

/** What to do about each of these alerts, for people who have Grafana open and nothing else. */
export function runbooksDashboard(alerts: ReadonlySet<string>): NamedDashboard {
  const builder = startDashboard(RUNBOOKS_UID, "Runbooks").readonly();
  for (const name of [...ALERT_DEFINITIONS.keys()].filter((alert) => alerts.has(alert))) {
    builder.withPanel(
      new TextBuilder()
        .id(runbookPanelId(name))
        .title(name)
        .mode(TextMode.Markdown)
        .content(runbook(name))
        .span(WHOLE_WIDTH)
        .height(HEIGHT),
    );
  }
  return { ...builder.build(), uid: RUNBOOKS_UID };
}

/** The text without its heading, which is the panel's title. */
function runbook(alert: string): string {
  const text = readFileSync(path.join(FOLDER, `${alert}.md`), "utf8");
  return text.replace(/^# .*\n+/, "");
}
