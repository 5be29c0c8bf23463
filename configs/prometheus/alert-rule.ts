import { type ResolvedAlert, resolveAlert } from "../../model/alerts/resolve";
import type { AlertMember } from "../../model/alerts/alert";
import type { AlertName } from "../../model/alerts/catalog";
import type { Stack } from "../../model/stack";
import { alertLinks } from "../alert-links";
import type { AlertRule } from "./rule-group";

/** What a rule's writer gets to work with. */
export interface Level {
  /** The threshold as PromQL compares with it; NaN where the alert has none. */
  readonly threshold: number;
  /** The threshold as people read it, such as `90%`. */
  readonly limit: string;
}

/** What a rule's writer has to say; the catalog and the stack's settings say the rest. */
export interface Condition {
  readonly expr: string;
  /** What it means here, with `{{ $labels.x }}` and `{{ $value }}` filled in; one sentence. */
  readonly description: string;
  /** Labels that the expression does not leave. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alert's rule as this stack has it; none where it is switched off. */
export function alertRule(
  stack: Stack,
  name: AlertName,
  write: (level: Level) => Condition,
): AlertRule[] {
  const alert = resolveAlert(stack.settings, name);
  return alert ? [rule(stack, alert, write(levelOf(alert)))] : [];
}

/**
 * A rule for all services (or probes) that have the same settings of this alert, so that one rule
 * does for most stacks. `selector` picks them: `service=~"a|b"`.
 */
export function memberAlertRules(
  stack: Stack,
  name: AlertName,
  all: readonly string[],
  write: (level: Level & { readonly selector: string }) => Condition,
): AlertRule[] {
  const alike = new Map<string, { alert: ResolvedAlert; members: string[] }>();
  for (const member of all) {
    const alert = resolveAlert(stack.settings, name, member);
    if (alert === undefined) continue;
    const key = JSON.stringify([
      alert.severity,
      alert.for?.seconds,
      alert.threshold?.text,
      alert.dashboard,
    ]);
    const group = alike.get(key) ?? { alert, members: [] };
    group.members.push(member);
    alike.set(key, group);
  }
  return [...alike.values()].map(({ alert, members }) =>
    rule(
      stack,
      alert,
      write({ ...levelOf(alert), selector: oneOf(alert.per ?? "service", members) }),
    ),
  );
}

/** A matcher for services by name. */
export const serviceSelector = (services: readonly string[]): string => oneOf("service", services);

/** Names are DNS labels, so nothing in them means anything to a regular expression. */
function oneOf(label: AlertMember, names: readonly string[]): string {
  const [only, ...others] = names;
  return others.length === 0 ? `${label}="${only ?? ""}"` : `${label}=~"${names.join("|")}"`;
}

function levelOf({ threshold }: ResolvedAlert): Level {
  return { threshold: threshold?.value ?? Number.NaN, limit: threshold?.text ?? "" };
}

function rule(stack: Stack, alert: ResolvedAlert, condition: Condition): AlertRule {
  return {
    alert: alert.name,
    expr: condition.expr,
    ...(alert.for && { for: alert.for.toString() }),
    labels: { severity: alert.severity, ...condition.labels },
    annotations: {
      summary: alert.summary,
      description: condition.description,
      ...alertLinks(stack.settings, alert),
    },
  };
}
