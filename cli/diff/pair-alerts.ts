import type { PlannedAlert } from "../plan/plan";
import type { Pair } from "./entries";

/** Alerts of two plans: which are the same alert, and which have no counterpart. */
export interface PairedAlerts {
  readonly pairs: readonly Pair<PlannedAlert>[];
  readonly added: readonly PlannedAlert[];
  readonly removed: readonly PlannedAlert[];
}

/** How alike two alerts of one name are, from the most to the least. */
const LIKENESS: readonly ((before: PlannedAlert, after: PlannedAlert) => boolean)[] = [
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
  (before, after) => before.expr === after.expr,
  (before, after) => withoutNumbers(before.expr) === withoutNumbers(after.expr),
  (before, after) => before.severity === after.severity && quoted(before) === quoted(after),
  (before, after) => coversMostly(before.expr, after.expr),
];

/**
 * Pairs alerts by name. One name may stand for several rules, one for each service: they are told
 * apart by what is most alike, so that a service that goes away does not look like a changed one.
 */
export function pairAlerts(
  before: readonly PlannedAlert[],
  after: readonly PlannedAlert[],
): PairedAlerts {
  const removed = new Set(before);
  const partners = new Map<PlannedAlert, PlannedAlert>();
  const pairUp = (alike: (before: PlannedAlert, after: PlannedAlert) => boolean): void => {
    for (const alert of after) {
      if (partners.has(alert)) continue;
      const partner = before.find(
        (other) => removed.has(other) && keyOf(other) === keyOf(alert) && alike(other, alert),
      );
      if (partner === undefined) continue;
      removed.delete(partner);
      partners.set(alert, partner);
    }
  };
  LIKENESS.forEach(pairUp);
  // The one rule of its name on both sides is the same rule, however it was rewritten.
  const alone = (alerts: readonly PlannedAlert[], key: string): boolean =>
    alerts.filter((alert) => keyOf(alert) === key).length === 1;
  pairUp((other, alert) => alone(before, keyOf(other)) && alone(after, keyOf(alert)));
  return {
    pairs: after.flatMap((alert): Pair<PlannedAlert>[] => {
      const partner = partners.get(alert);
      return partner === undefined ? [] : [[partner, alert]];
    }),
    added: after.filter((alert) => !partners.has(alert)),
    removed: before.filter((alert) => removed.has(alert)),
  };
}

function keyOf({ group, name }: PlannedAlert): string {
  return `${group}/${name}`;
}

/** An expression without its numbers outside names and quotes: what stays when a threshold moves. */
function withoutNumbers(expr: string): string {
  return expr.replace(/"[^"]*"|(?<![\w.])\d+(\.\d+)?(e[+-]?\d+)?/g, (found) =>
    found.startsWith('"') ? found : "#",
  );
}

/** The label values that an expression names, which say whose alert it is. */
function quoted({ expr }: PlannedAlert): string {
  return [...new Set(expr.match(/"[^"]*"/g) ?? [])].sort().join();
}

/**
 * Whether two conditions differ in nothing but which of a list of services they cover: `"a|b"` has a
 * service in common with `"b|c"`, and `"a"` has none with `"b"`.
 */
function coversMostly(before: string, after: string): boolean {
  const anyText = (expr: string): string => expr.replace(/"[^"]*"/g, '""');
  if (anyText(before) !== anyText(after)) return false;
  const textsOf = (expr: string): string[] => expr.match(/"[^"]*"/g) ?? [];
  const now = textsOf(after);
  return textsOf(before).every((text, index) => {
    const [old, other] = [namesIn(text), namesIn(now[index] ?? "")];
    return old.some((name) => other.includes(name));
  });
}

function namesIn(text: string): string[] {
  return text.replaceAll('"', "").split("|");
}
