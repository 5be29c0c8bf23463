import type { Settings } from "../settings/schema";
import type { AlertChanges } from "../settings/alert-rules";
import { Duration } from "../units/duration";
import type { Severity } from "./alert";
import { serviceDashboard } from "../watched-services";
import { ALERT_DEFINITIONS, type AlertName } from "./catalog";
import type { Level } from "./threshold";

/** An alert as one stack has it, defaults and changes put together. */
export interface ResolvedAlert {
  readonly name: AlertName;
  readonly severity: Severity;
  readonly for?: Duration;
  readonly threshold?: Level;
  readonly summary: string;
  readonly dashboard: string;
  /** Whether it is about one service, whose name it carries. */
  readonly perService: boolean;
}

/** What the catalog calls the page of a service, whichever shows it. */
const SERVICE_DASHBOARD = "service";

/** An alert with the stack's changes, those for one service before those for all; nothing where it is off. */
export function resolveAlert(
  { alerts: { rules }, services }: Settings,
  name: AlertName,
  service?: string,
): ResolvedAlert | undefined {
  const definition = ALERT_DEFINITIONS.get(name);
  if (definition === undefined) throw new RangeError(`no alert ${name}`);
  const changes: AlertChanges = {
    ...given(rules[name]),
    ...(service !== undefined && given(rules[name]?.services?.[service])),
  };
  if (changes.off !== undefined) return undefined;
  const held =
    changes.for ?? (definition.for === undefined ? undefined : Duration.parse(definition.for));
  const threshold = changes.threshold ?? definition.threshold?.default;
  return {
    name,
    severity: changes.severity ?? definition.severity,
    ...(held && { for: held }),
    ...(threshold && { threshold }),
    summary: definition.summary,
    dashboard:
      definition.dashboard === SERVICE_DASHBOARD && service !== undefined
        ? serviceDashboard(services[service])
        : definition.dashboard,
    perService: definition.perService ?? false,
  };
}

/** Only what is written, so that nothing hides a default. */
function given(changes: AlertChanges | undefined): AlertChanges {
  return Object.fromEntries(
    Object.entries(changes ?? {}).filter(([, value]) => value !== undefined),
  );
}
