import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf, rawFrom, type Values } from "./stack-settings";

/** A stack file and what its author is told of it. */
export interface ProblemCase {
  readonly title: string;
  readonly services?: Values;
  /** Sections other than `services`. */
  readonly rest?: Values;
  /** @default none */
  readonly problems?: readonly (readonly [setting: string, found: string, allowed: string])[];
}

/** A test for each case: exactly these problems in this order. */
export function checkProblems(cases: readonly ProblemCase[]): void {
  for (const { title, services = {}, rest = {}, problems = [] } of cases) {
    test(title, () => {
      assert.deepEqual(
        problemsOf(rawFrom({ services, ...rest })),
        problems.map(([setting, found, allowed]) => ({ setting, found, allowed })),
      );
    });
  }
}

/** How a service's field is written. */
export const at = (name: string, field: string): string => `whalewatch:services.${name}.${field}`;
