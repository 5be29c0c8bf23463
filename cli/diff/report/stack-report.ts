import { emptyPlan } from "../../plan/empty-plan";
import type { Plan } from "../../plan/plan";
import type { WrittenPlan } from "../../plan/read-plan";
import { comparePlans } from "../compare-plans";
import { type FileDiff, fileDiffs } from "../file-diffs";
import { dangersOf } from "../impacts/dangers";
import type { Difference, Impact } from "../impacts/impact";
import { impactsOf } from "../impacts/impacts";
import { compareResources, type Surroundings } from "../resources/compare-resources";

/** Everything that a reviewer is told of one stack. */
export interface StackReport extends Difference {
  readonly stack: string;
  /** Whether both versions have the stack. */
  readonly sides: "both" | "new" | "gone";
  readonly dangers: readonly string[];
  readonly impacts: readonly Impact[];
  readonly files: readonly FileDiff[];
}

/** A stack of which one version cannot be planned. */
export interface FailedStack {
  readonly stack: string;
  /** The version, as it was given. */
  readonly version: string;
  readonly message: string;
}

/** What a comment or a page tells. */
export interface Report {
  /** The versions, as a person reads them. */
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly (StackReport | FailedStack)[];
  /** What holds of all of it, such as packages that were not those of a version. */
  readonly notes: readonly string[];
}

/**
 * Compares what two versions plan for a stack; a side that does not have it counts as empty.
 * @throws TypeError when neither side has it.
 */
export function stackReport(
  before: WrittenPlan | undefined,
  after: WrittenPlan | undefined,
  surroundings: Surroundings = {},
): StackReport {
  const known = after ?? before;
  if (known === undefined) throw new TypeError("Neither version has the stack.");
  const [old, now] = [before ?? empty(known.plan), after ?? empty(known.plan)];
  const difference: Difference = {
    before: old,
    after: now,
    comparison: comparePlans(old.plan, now.plan),
    changes: compareResources(old.resources, now.resources, surroundings),
  };
  return {
    ...difference,
    stack: known.plan.stack,
    sides: before === undefined ? "new" : after === undefined ? "gone" : "both",
    dangers: dangersOf(difference),
    impacts: impactsOf(difference),
    files: fileDiffs(old, now),
  };
}

/** The mandatory policies that an update to the later version would be refused by. */
export function refusingPolicies({ after }: StackReport): string[] {
  const refusing = after.plan.policies.violations.filter(({ level }) => level === "mandatory");
  return [...new Set(refusing.map(({ policy }) => policy))];
}

/** Whether an update has anything to do, or would be refused. */
export function changesAnything(report: StackReport): boolean {
  const { changes, files, comparison } = report;
  const { alerts, receivers, budget } = comparison;
  const entries = [alerts, receivers].flatMap((of) => [...of.added, ...of.removed, ...of.changed]);
  const more = budget.before.hostMiB !== budget.after.hostMiB;
  const differs = changes.length > 0 || files.length > 0 || entries.length > 0 || more;
  return differs || refusingPolicies(report).length > 0;
}

function empty(plan: Plan): WrittenPlan {
  return { plan: emptyPlan(plan), resources: [], files: new Map() };
}
