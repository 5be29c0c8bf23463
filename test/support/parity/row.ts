import assert from "node:assert/strict";
import { problemsOf, rawFrom, service, type Values } from "../stack-settings";

/** How each platform does one thing. Code in backticks is checked against what there is. */
export interface Row {
  readonly docker: string;
  readonly kubernetes: string;
}

/** The same way on both. */
export const both = (how: string): Row => ({ docker: how, kubernetes: how });

/**
 * The refusal of settings, in the words that their author reads. Fails unless they are refused for
 * one reason and for no other.
 */
export function refused(values: Values): string {
  const problems = problemsOf(rawFrom(values));
  assert.equal(problems.length, 1, JSON.stringify(problems));
  const [problem] = problems;
  assert.ok(problem);
  return `refused: "${problem.setting}: found ${problem.found}; allowed: ${problem.allowed}"`;
}

/** The refusal of a service's setting on a platform. */
export function refusedService(platform: "docker" | "kubernetes", changes: Values): string {
  return refused({ platform, services: { api: service(changes) } });
}
