import assert from "node:assert/strict";
import path from "node:path";
import { checkedStack } from "../../cli/checked-stack";
import { readStackFile } from "../../cli/stack-file";
import { parseSettings } from "../../model/settings/parse";
import { describeProblems } from "../../model/settings/problem";
import type { Stack } from "../../model/stack";
import { resolveStack } from "../../model/resolve-stack";
import type { Workload } from "../../model/workload";

/** The project's folder. */
export const PROJECT_DIRECTORY = path.resolve(__dirname, "../..");

/** One of the project's own stacks. */
export function projectStack(name: "dev" | "prod"): Stack {
  return checkedStack(readStackFile(PROJECT_DIRECTORY, name));
}

/** The stack `whalewatch/try` that settings declare, with secrets of these names. */
export function declareStack(
  values: Readonly<Record<string, unknown>>,
  secretNames: readonly string[] = [],
): Stack {
  const facts = { encrypted: true, empty: false };
  const secrets = Object.fromEntries(secretNames.map((secret) => [secret, facts] as const));
  const parsed = parseSettings({
    ...{ project: "whalewatch", stack: "try" },
    ...{ values, encryptedKeys: [], secrets },
  });
  assert.ok(parsed.ok, parsed.ok ? "" : describeProblems("try", parsed.problems));
  return resolveStack("whalewatch", "try", parsed.settings);
}

/** A service's settings: the few that must be there, and the given ones. */
export function serviceSettings(
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    image: "registry.example.com/api:1.0.0",
    port: 8000,
    limits: { memory: "64Mi", cpu: 0.1 },
    ...given,
  };
}

/** A stack's workload; fails when there is none of that name. */
export function workloadOf(stack: Stack, name: string): Workload {
  const found = stack.workloads.find((workload) => workload.name === name);
  assert.ok(found, `no workload '${name}' in ${stack.name}`);
  return found;
}
