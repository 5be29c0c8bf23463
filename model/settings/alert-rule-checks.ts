import { type Problem, show } from "./problem";
import type { RawSettings } from "./parse";
import type { Settings } from "./schema";

/** Changes to an alert for single services name services that there are. */
export function checkAlertRules({ alerts }: Settings, raw: RawSettings): Problem[] {
  // Names as written, so that what has a fault of its own is not reported as missing too.
  const written = raw.values["services"];
  const services = Object.keys(typeof written === "object" && written !== null ? written : {});
  return Object.entries(alerts.rules).flatMap(([alert, changes]) =>
    Object.keys(changes?.services ?? {})
      .filter((name) => !services.includes(name))
      .map((name) => ({
        setting: `whalewatch:alerts.rules.${alert}.services.${name}`,
        found: `${show(name)}, which is not declared`,
        allowed: services.length > 0 ? services.join(", ") : "a declared service; there is none",
      })),
  );
}
