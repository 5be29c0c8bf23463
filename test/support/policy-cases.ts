import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Stack } from "../../model/stack";
import { type Finding, findInResource, findInStack } from "../../policies/findings";
import type { KnownSecret, Policy, PolicyResource } from "../../policies/policy";
import { declareStack, serviceSettings } from "./declared-stack";

/** What a policy is given. */
export interface Given {
  readonly title: string;
  readonly resources: readonly PolicyResource[];
  /** @default a service api and a Redis */
  readonly stack?: Stack;
  readonly secrets?: readonly KnownSecret[];
}

/** What it is given, and every message that it must find in it. */
export interface Refused extends Given {
  readonly messages: readonly [string, ...string[]];
}

/** The table of a policy: none of the parts may be empty. */
export interface PolicyCases {
  readonly passes: readonly [Given, ...Given[]];
  /** A case for each clause. */
  readonly fails: readonly [Refused, ...Refused[]];
  /** What a property's absence means: a default of the platform, mostly an unsafe one. */
  readonly absent: readonly [Given | Refused, ...(Given | Refused)[]];
}

/** The policies that have a table. */
export const COVERED = new Map<Policy, PolicyCases>();

/** The stack that policies are tried with. */
export const TRY_STACK = declareStack({
  services: { api: serviceSettings() },
  redis: { limits: { memory: "64Mi", cpu: 0.1 } },
});

/** Everything a policy finds. */
export function findingsOf(
  policy: Policy,
  { resources, stack = TRY_STACK, secrets = [] }: Omit<Given, "title">,
): Finding[] {
  const context = { stack, secrets };
  return policy.scope === "stack"
    ? findInStack(policy, resources, context)
    : resources.flatMap((resource) => findInResource(policy, resource, context));
}

/** A test for each case: exactly these messages in this order, and nothing undecided. */
export function checkPolicy(policy: Policy, cases: PolicyCases): void {
  COVERED.set(policy, cases);
  describe(policy.name, () => {
    for (const [part, given] of Object.entries(cases)) {
      for (const each of given as readonly (Given | Refused)[]) {
        test(`${part}: ${each.title}`, () => {
          const found = findingsOf(policy, each);
          assert.deepEqual(
            found.map(({ message }) => message),
            "messages" in each ? each.messages : [],
          );
          assert.ok(found.every(({ undecided }) => !undecided));
        });
      }
    }
  });
}
