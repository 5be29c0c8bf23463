import type { AlertName } from "../model/alerts/catalog";
import { resolveAlert } from "../model/alerts/resolve";
import type { Settings } from "../model/settings/schema";

/** From where on a panel is drawn in red: where its alert fires; nothing where the alert is off. */
export function alarmOf(settings: Settings, alert: AlertName): { readonly alarm?: number } {
  const value = resolveAlert(settings, alert)?.threshold?.value;
  return value === undefined ? {} : { alarm: value };
}
