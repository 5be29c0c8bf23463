import type { AlertName } from "../../model/alerts/catalog";
import type { Settings } from "../../model/settings/schema";
import { oneOf } from "./routes";

/** While a source fires, targets that agree with it in the labels of `equal` are not told. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

/**
 * Labels that every alert from Prometheus has. A label that both lack counts as equal, so each rule
 * either names one that must be there or is narrow by its matchers.
 */
const STACK = ["project", "environment"];
/** What goes wrong with a service when a store it needs is gone. */
const CONSEQUENCES: readonly AlertName[] = [
  "ServiceUnhealthy",
  "ServiceErrorRatioHigh",
  "ServiceLatencyHigh",
  "ServiceErrorBudgetBurnFast",
  "ServiceErrorBudgetBurnSlow",
  "ServiceLatencyBudgetBurnFast",
  "ServiceLatencyBudgetBurnSlow",
];
const DOWN = { postgres: "PostgresDown", redis: "RedisDown" } satisfies Record<string, AlertName>;
const SERVICE_DOWN: AlertName = "ServiceDown";
const FAILING: AlertName = "ServiceErrorRatioHigh";
const FAILING_LONGER: readonly AlertName[] = [
  "ServiceErrorBudgetBurnFast",
  "ServiceErrorBudgetBurnSlow",
];

/** What need not be told, because something worse that is its cause is told already. */
export function inhibitRules({ services }: Pick<Settings, "services">): InhibitRule[] {
  const quieted = ['severity=~"warning|info"'];
  const critical = ['severity="critical"'];
  return [
    // Of a service, and of any other job at one address.
    {
      source_matchers: [...critical, 'service!=""'],
      target_matchers: [...quieted, 'service!=""'],
      equal: ["service", ...STACK],
    },
    {
      source_matchers: [...critical, 'service=""', 'job!=""'],
      target_matchers: [...quieted, 'service=""', 'job!=""'],
      equal: ["job", "instance", ...STACK],
    },
    {
      source_matchers: ['alertname="InfoInhibitor"'],
      target_matchers: ['severity="info"'],
      equal: ["service", ...STACK],
    },
    ...(["postgres", "redis"] as const).flatMap((store) => ofStore(store, services)),
    ...(Object.keys(services).length > 0 ? OF_SERVICES : []),
  ];
}

/** A store that is down explains what its clients complain of. */
function ofStore(store: keyof typeof DOWN, services: Settings["services"]): InhibitRule[] {
  const clients = Object.entries(services).flatMap(([name, { needs }]) =>
    needs.includes(store) ? [name] : [],
  );
  if (clients.length === 0) return [];
  return [
    {
      source_matchers: [oneOf("alertname", [DOWN[store]])],
      target_matchers: [oneOf("alertname", CONSEQUENCES), oneOf("service", clients)],
      equal: STACK,
    },
  ];
}

const OF_SERVICES: readonly InhibitRule[] = [
  // Nothing else is to be said of a service that is not there.
  {
    source_matchers: [`alertname="${SERVICE_DOWN}"`, 'service!=""'],
    target_matchers: [`alertname!="${SERVICE_DOWN}"`, 'service!=""'],
    equal: ["service", ...STACK],
  },
  // Errors spend the budget: one page for both.
  {
    source_matchers: [`alertname="${FAILING}"`, 'service!=""'],
    target_matchers: [oneOf("alertname", FAILING_LONGER), 'service!=""'],
    equal: ["service", ...STACK],
  },
];
