import type { PolicyLevel, PolicyName } from "../model/policy-names";
import type { PolicyException, PolicySettings } from "../model/settings/policies";
import type { Finding } from "./findings";
import type { Policy } from "./policy";
import { workloadNameOf } from "./workload-of";

/** Something that a policy does not allow, at the level that the stack gave it. */
export interface Violation {
  readonly policy: PolicyName;
  readonly level: PolicyLevel;
  /** Resource name, or the stack's name for what is about all of it. */
  readonly resource: string;
  /** Workload that the resource belongs to. */
  readonly workload?: string;
  readonly urn?: string;
  /** What is wrong: a sentence. */
  readonly message: string;
  /** What to do: a sentence. */
  readonly remedy: string;
}

/** A finding with what becomes of it. */
export type Judgement =
  | { readonly kind: "violation"; readonly violation: Violation }
  | { readonly kind: "excepted"; readonly exception: PolicyException };

/** The level of a policy in a stack; undefined: it is disabled there. */
export function levelOf(policy: Policy, { levels }: PolicySettings): PolicyLevel | undefined {
  const level = levels[policy.name] ?? policy.level;
  return level === "disabled" ? undefined : level;
}

/** Whether an exception counts no more; it does on its last day. Both are dates such as 2026-11-27. */
export const isExpired = ({ expires }: PolicyException, today: string): boolean => expires < today;

/**
 * What becomes of a finding: an exception that counts takes it away, one that has expired is named
 * with it.
 */
export function judge(
  policy: Policy,
  level: PolicyLevel,
  finding: Finding,
  stack: { readonly name: string; readonly settings: { readonly policies: PolicySettings } },
  today: string,
): Judgement {
  const resource = finding.resource?.name ?? stack.name;
  const workload = finding.resource && workloadNameOf(finding.resource);
  const exceptions = stack.settings.policies.exceptions.filter(
    ({ rule, ...about }) =>
      rule === policy.name &&
      (about.resource === resource ||
        (about.workload !== undefined && about.workload === workload)),
  );
  const valid = exceptions.find((exception) => !isExpired(exception, today));
  if (valid !== undefined) return { kind: "excepted", exception: valid };
  const [expired] = exceptions;
  const lapsed = expired && ` The exception for it expired after ${expired.expires}.`;
  return {
    kind: "violation",
    violation: {
      policy: policy.name,
      level: finding.undecided ? "advisory" : level,
      resource,
      ...(workload !== undefined && { workload }),
      ...(finding.resource && { urn: finding.resource.urn }),
      message: `${finding.message}${lapsed ?? ""}`,
      remedy: policy.remedy,
    },
  };
}
