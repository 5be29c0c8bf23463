import { ALERT_DEFINITIONS } from "../model/alerts/catalog";

/** uid of the dashboard that holds the runbooks. */
export const RUNBOOKS_UID = "runbooks";

/** The panel that holds an alert's runbook: the same in every stack. */
export function runbookPanelId(alert: string): number {
  return [...ALERT_DEFINITIONS.keys()].indexOf(alert) + 1;
}
