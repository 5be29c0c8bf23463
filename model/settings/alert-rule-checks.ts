import { type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";
import { writtenKeys } from "./written";

/** Changes to an alert for single services or probes name those that there are. */
export function checkAlertRules({ alerts }: Settings, raw: RawSettings): Problem[] {
  return Object.entries(alerts.rules).flatMap(([alert, changes]) =>
    (["services", "probes"] as const).flatMap((members) => {
      // Names as written, so that what has a fault of its own is not reported as missing too.
      const declared = writtenKeys(raw, members);
      return Object.keys(changes?.[members] ?? {})
        .filter((name) => !declared.includes(name))
        .map((name) => ({
          setting: `whalewatch:alerts.rules.${alert}.${members}.${name}`,
          found: `${show(name)}, which is not declared`,
          allowed: declared.length > 0 ? declared.join(", ") : `one of ${members}; there is none`,
        }));
    }),
  );
}
