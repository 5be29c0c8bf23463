import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { POLICY_NAMES } from "../../model/policy-names";
import { POLICIES } from "../../policies/policies";
import { loadTests } from "../support/load-tests";
import { COVERED } from "../support/policy-cases";

loadTests("policies/rules");

const RULES = path.resolve(__dirname, "../../policies/rules");

test("every name is one policy, in the order of the list, and every file is one of them", () => {
  const names = POLICIES.map(({ name }) => name);
  assert.deepEqual([...names].sort(), [...POLICY_NAMES].sort());
  assert.deepEqual(readdirSync(RULES).sort(), names.map((name) => `${name}.ts`).sort());
});

test("every policy has a table of what passes, what fails and what is absent", () => {
  const uncovered = POLICIES.filter((policy) => !COVERED.has(policy)).map(({ name }) => name);
  assert.deepEqual(uncovered, []);
});

test("descriptions, remedies and messages are sentences", () => {
  const texts = POLICIES.flatMap(({ description, remedy }) => [description, remedy]);
  const messages = [...COVERED.values()].flatMap(({ fails }) =>
    fails.flatMap((given) => given.messages),
  );
  for (const text of [...texts, ...messages]) assert.match(text, /^[A-Z0-9].*[A-Za-z0-9\])}…]\.$/s);
});
