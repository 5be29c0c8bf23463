import type { Plan } from "../../plan/plan";
import type { ChangedEntry, FieldChange } from "../entries";
import { IMPACT_KINDS, type ImpactKind } from "../impacts/impact";
import { redactValue } from "../redact";
import type { Action } from "../resources/compare-resources";
import type { StackReport } from "./stack-report";

/** How many workloads are hit in which way, the gravest first; what all share is not counted. */
export function impactCounts({ impacts }: StackReport): Readonly<Record<ImpactKind, number>> {
  const count = (kind: ImpactKind): number =>
    impacts.filter((impact) => impact.kind === kind && impact.workload !== null).length;
  return {
    deleted: count("deleted"),
    replaced: count("replaced"),
    restarted: count("restarted"),
    changed: count("changed"),
    created: count("created"),
  };
}

/** `1 replaced · 2 changed in place`; what does not happen is left out. */
export function impactLine(report: StackReport): string {
  const counts = impactCounts(report);
  const told = IMPACT_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${counts[kind]} ${kind === "changed" ? "changed in place" : kind}`,
  );
  return told.length === 0 ? "no workload is touched" : told.join(" · ");
}

/** `81 → 84 resources: 4 created, 2 replaced`. */
export function resourceLine({ before, after, changes }: StackReport): string {
  const actions: readonly Action[] = ["created", "changed", "replaced", "deleted"];
  const told = actions.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${action}`];
  });
  const sizes = arrow(before.resources.length, after.resources.length);
  return `${sizes} resources${told.length === 0 ? "" : `: ${told.join(", ")}`}`;
}

/** The limits of one side, all replicas together. */
export interface Limits {
  readonly memoryMiB: number;
  readonly hostMiB: number;
  readonly cpus: number;
}

/** The limits before and after. */
export function limitsOf({ before, after }: StackReport): { before: Limits; after: Limits } {
  return { before: limits(before.plan), after: limits(after.plan) };
}

function limits({ budget, workloads }: Plan): Limits {
  const millis = workloads.reduce((sum, each) => sum + each.limits.cpuMillis * each.replicas, 0);
  return { memoryMiB: budget.limitsMiB, hostMiB: budget.hostMiB, cpus: millis / 1000 };
}

/** `256 → 512`, or the one value that both sides have. */
export function arrow(before: string | number, after: string | number): string {
  return before === after ? String(after) : `${before} → ${after}`;
}

/** A share of the host in whole percents. */
export function percent({ memoryMiB, hostMiB }: Limits): number {
  return hostMiB === 0 ? 0 : Math.round((memoryMiB / hostMiB) * 100);
}

const NUMBER = /"[^"]*"|(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;
/** Said of an alert whose condition names other series and is the same otherwise. */
const SCOPE = "other series";
const REWRITTEN = "condition rewritten";

/**
 * Changes of alerts in words, each with the alerts that it happened to: thresholds, severities and
 * times first, what follows from services that came or went last.
 */
export function alertChanges(changed: readonly ChangedEntry[]): [what: string, names: string[]][] {
  const groups = new Map<string, string[]>();
  for (const { name, changes } of changed) {
    const what = changes.map(describeChange).join("; ");
    groups.set(what, [...(groups.get(what) ?? []), name]);
  }
  const rank = (what: string): number => [REWRITTEN, SCOPE].indexOf(what);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b));
}

function describeChange({ field, before, after }: FieldChange): string {
  if (field !== "expr") return `${field === "for" ? "holds for" : field} ${before} → ${after}`;
  if (withoutNumbers(before) === withoutNumbers(after)) {
    const [old, now] = [numbersOf(before), numbersOf(after)];
    const moved = old.flatMap((number, index) =>
      number === now[index] ? [] : [`${number} → ${now[index] ?? ""}`],
    );
    return `threshold ${[...new Set(moved)].join(", ")}`;
  }
  const anySeries = (expr: string) => expr.replace(/"[^"]*"/g, '""');
  return anySeries(before) === anySeries(after) ? SCOPE : REWRITTEN;
}

function withoutNumbers(expr: string): string {
  return expr.replace(NUMBER, (found) => (found.startsWith('"') ? found : "#"));
}

function numbersOf(expr: string): string[] {
  return (expr.match(NUMBER) ?? []).filter((found) => !found.startsWith('"'));
}

/** Fields of an entry that changed, in one line. */
export function entryChange({ changes }: ChangedEntry): string {
  return redactValue(
    changes.map(({ field, before, after }) => `${field} ${before} → ${after}`).join("; "),
  );
}
