import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedPolicies } from "../../../cli/plan/plan";
import { policyLines } from "../../../cli/plan/print-policies";

const linesOf = (given: Partial<PlannedPolicies>) =>
  policyLines({ checked: [], violations: [], exceptions: [], ...given }).split("\n");
const violation = {
  policy: "ports-must-stay-on-loopback",
  level: "mandatory",
  resource: "api-container",
  workload: "api",
  urn: "urn:pulumi:api",
  message: "It opens port 80 on 0.0.0.0.",
  remedy: "Leave the address out.",
} as const;
const exception = {
  policy: "images-must-be-pinned",
  workload: "api",
  resource: null,
  reason: "a nightly build",
  expires: "2027-03-31",
  state: "used",
} as const;

test("a stack that holds to all is one line", () => {
  assert.deepEqual(linesOf({ checked: ["images-must-be-pinned"] }), ["  1 policy: no violation"]);
});

test("violations stand below their policy, with the level and once what to do", () => {
  const checked = ["ports-must-stay-on-loopback", "alerts-must-be-routed"];
  const violations = [
    violation,
    { ...violation, message: "It opens port 81 on 0.0.0.0." },
    {
      ...violation,
      policy: "alerts-must-be-routed",
      level: "advisory" as const,
      message: "Alerts go to nobody.",
      remedy: "Name a receiver.",
    },
  ];
  assert.deepEqual(linesOf({ checked, violations }), [
    "  2 policies: 3 violations of 2",
    "  ports-must-stay-on-loopback",
    "    mandatory  It opens port 80 on 0.0.0.0.",
    "    mandatory  It opens port 81 on 0.0.0.0.",
    "    what to do: Leave the address out.",
    "  alerts-must-be-routed",
    "    advisory   Alerts go to nobody.",
    "    what to do: Name a receiver.",
  ]);
  assert.equal(linesOf({ checked, violations: [violation] })[0], "  2 policies: 1 violation of 1");
});

test("exceptions stand with their reason and their last day, used or not", () => {
  const exceptions = [
    exception,
    { ...exception, workload: null, resource: "try", state: "unused" as const },
    { ...exception, state: "expired" as const },
  ];
  assert.deepEqual(linesOf({ exceptions }).slice(1), [
    "  exception until 2027-03-31: images-must-be-pinned of api (a nightly build)",
    "  exception until 2027-03-31: images-must-be-pinned of try (a nightly build); nothing needs it",
    "  exception expired after 2027-03-31: images-must-be-pinned of api (a nightly build)",
  ]);
});
