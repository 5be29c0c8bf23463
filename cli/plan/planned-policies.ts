import type { PolicyResults } from "../../policies/evaluate";
import type { Plan } from "./plan";

/** What policies say, with null for what does not apply. */
export function plannedPolicies({
  checked,
  violations,
  exceptions,
}: PolicyResults): Plan["policies"] {
  return {
    checked,
    violations: violations.map(({ policy, level, resource, workload, urn, message, remedy }) => ({
      policy,
      level,
      resource,
      workload: workload ?? null,
      urn: urn ?? null,
      message,
      remedy,
    })),
    exceptions: exceptions.map(({ rule, workload, resource, reason, expires, state }) => ({
      policy: rule,
      workload: workload ?? null,
      resource: resource ?? null,
      reason,
      expires,
      state,
    })),
  };
}
