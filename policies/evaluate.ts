import type { PolicyName } from "../model/policy-names";
import type { PolicyException } from "../model/settings/policies";
import { findInResource, findInStack } from "./findings";
import { isExpired, judge, levelOf, type Violation } from "./judgement";
import { POLICIES } from "./policies";
import type { PolicyContext, PolicyResource } from "./policy";

/** What all policies together say of a stack. */
export interface PolicyResults {
  /** The policies that were looked at: all but the disabled ones. */
  readonly checked: readonly PolicyName[];
  readonly violations: readonly Violation[];
  /** The exceptions of the stack file: whether each took something away, has expired, or is for nothing. */
  readonly exceptions: readonly (PolicyException & {
    readonly state: "used" | "unused" | "expired";
  })[];
}

/**
 * Judges the resources of a stack by every policy that is not disabled.
 * @param today date such as 2026-11-27, against which exceptions expire.
 */
export function evaluatePolicies(
  resources: readonly PolicyResource[],
  context: PolicyContext,
  today: string,
): PolicyResults {
  const { stack } = context;
  const { policies } = stack.settings;
  const checked: PolicyName[] = [];
  const violations: Violation[] = [];
  const used = new Set<PolicyException>();
  for (const policy of POLICIES) {
    const level = levelOf(policy, policies);
    if (level === undefined) continue;
    checked.push(policy.name);
    const findings =
      policy.scope === "resource"
        ? resources.flatMap((resource) => findInResource(policy, resource, context))
        : findInStack(policy, resources, context);
    for (const finding of findings) {
      const judgement = judge(policy, level, finding, stack, today);
      if (judgement.kind === "excepted") used.add(judgement.exception);
      else violations.push(judgement.violation);
    }
  }
  const stateOf = (exception: PolicyException) => {
    if (isExpired(exception, today)) return "expired";
    return used.has(exception) ? "used" : "unused";
  };
  return {
    checked,
    violations,
    exceptions: policies.exceptions.map((each) => ({ ...each, state: stateOf(each) })),
  };
}

/** Today's date in UTC, such as 2026-11-27. */
export const today = (): string => new Date().toISOString().slice(0, "2026-11-27".length);
