import type { Settings } from "../settings/schema";
import type { AlertChanges, AlertSettings } from "../settings/alert-rules";
import { Duration } from "../units/duration";
import type { AlertMember, Severity } from "./alert";
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
  /** What it is about one of, whose name it carries; absent: neither. */
  readonly per?: AlertMember;
}

/** What the catalog calls the page of a service, whichever shows it. */
const SERVICE_DASHBOARD = "service";

/** An alert with the stack's changes, those for one member before those for all; nothing where it is off. */
export function resolveAlert(
  { alerts: { rules }, services }: Settings,
  name: AlertName,
  member?: string,
): ResolvedAlert | undefined {
  const definition = ALERT_DEFINITIONS.get(name);
  if (definition === undefined) throw new RangeError(`no alert ${name}`);
  const changes: AlertChanges = {
    ...given(rules[name]),
    ...(member !== undefined && given(membersOf(rules[name], definition.per)?.[member])),
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
      definition.dashboard === SERVICE_DASHBOARD && member !== undefined
        ? serviceDashboard(services[member])
        : definition.dashboard,
    ...(definition.per && { per: definition.per }),
  };
}

/** What differs for single services or probes. */
function membersOf(
  changes: AlertSettings | undefined,
  per: AlertMember | undefined,
): AlertSettings["services"] {
  return per === "probe" ? changes?.probes : changes?.services;
}

/** Only what is written, so that nothing hides a default. */
function given(changes: AlertChanges | undefined): AlertChanges {
  return Object.fromEntries(
    Object.entries(changes ?? {}).filter(([, value]) => value !== undefined),
  );
}
