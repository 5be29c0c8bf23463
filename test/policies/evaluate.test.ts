import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_NAMES } from "../../model/policy-names";
import { evaluatePolicies } from "../../policies/evaluate";
import { UNKNOWN } from "../../policies/field";
import { declareStack, serviceSettings } from "../support/declared-stack";
import { controller, dockerContainer } from "../support/policy-resources";

const stackWith = (policies: object) =>
  declareStack({
    services: { api: serviceSettings() },
    monitoring: { enabled: false },
    policies,
  });
const evaluate = (
  policies: object,
  resources = [dockerContainer({ readOnly: false })],
  today = "2026-11-27",
) => evaluatePolicies(resources, { stack: stackWith(policies), secrets: [] }, today);

const RULE = "containers-must-have-a-read-only-root";
const violation = {
  policy: RULE,
  level: "mandatory",
  resource: "api-container",
  workload: "api",
  urn: "urn:pulumi:try::whalewatch::docker:index/container:Container::api-container",
  message: "Container 'api-container' has a writable root file system.",
  remedy:
    "Let the program write to /tmp or a volume and leave readOnlyRoot out, or except the workload with the reason.",
};
const exception = { rule: RULE, reason: "the program writes beside itself", expires: "2026-11-27" };

test("a violation names its policy, level, resource, workload and remedy", () => {
  const { checked, violations, exceptions } = evaluate({});
  assert.deepEqual([...checked].sort(), [...POLICY_NAMES].sort());
  assert.deepEqual(violations, [violation]);
  assert.deepEqual(exceptions, []);
});

test("the stack's level counts; what is disabled is not looked at", () => {
  const advisory = evaluate({ levels: { [RULE]: "advisory" } });
  assert.deepEqual(advisory.violations, [{ ...violation, level: "advisory" }]);
  const disabled = evaluate({ levels: { [RULE]: "disabled" } });
  assert.deepEqual(disabled.violations, []);
  assert.equal(disabled.checked.length, POLICY_NAMES.length - 1);
  assert.ok(!disabled.checked.includes(RULE));
});

for (const about of [{ workload: "api" }, { resource: "api-container" }]) {
  test(`an exception by ${Object.keys(about).join()} takes a violation away until its last day is over`, () => {
    const exceptions = [{ ...exception, ...about }];
    const onLastDay = evaluate({ exceptions });
    assert.deepEqual(onLastDay.violations, []);
    assert.deepEqual(onLastDay.exceptions, [{ ...exceptions[0], state: "used" }]);
    const dayAfter = evaluate({ exceptions }, undefined, "2026-11-28");
    assert.deepEqual(dayAfter.violations, [
      {
        ...violation,
        message: `${violation.message} The exception for it expired after 2026-11-27.`,
      },
    ]);
    assert.deepEqual(dayAfter.exceptions, [{ ...exceptions[0], state: "expired" }]);
  });
}

test("an exception is for one policy and one thing; one that nothing needs is told", () => {
  const exceptions = [
    { ...exception, workload: "web" },
    { ...exception, resource: "api" },
    { ...exception, rule: "containers-must-have-limits", workload: "api" },
  ];
  const results = evaluate({ exceptions });
  assert.deepEqual(results.violations, [violation]);
  assert.deepEqual(
    results.exceptions.map(({ state }) => state),
    ["unused", "unused", "unused"],
  );
});

test("an exception that was renewed counts beside the one that expired", () => {
  const old = { ...exception, workload: "api", expires: "2025-01-01" };
  const renewed = { ...exception, workload: "api", expires: "2027-01-01" };
  const results = evaluate({ exceptions: [old, renewed] });
  assert.deepEqual(results.violations, []);
  assert.deepEqual(
    results.exceptions.map(({ state }) => state),
    ["expired", "used"],
  );
});

test("what is about the whole stack has the stack's name, and is excepted by it", () => {
  const production = { production: true, levels: { [RULE]: "disabled" } };
  const rule = "production-must-tell-somebody";
  const pods = [
    controller("Deployment", { spec: { replicas: 2 }, container: { image: "a:1@sha256:0" } }),
  ];
  assert.deepEqual(evaluate(production, pods).violations, [
    {
      policy: rule,
      level: "mandatory",
      resource: "try",
      message: "Monitoring is switched off, so nobody learns that anything is wrong.",
      remedy: "Name a receiver in alerts.receivers (docs/alerting.md).",
    },
  ]);
  const exceptions = [{ ...exception, rule, resource: "try" }];
  assert.deepEqual(evaluate({ ...production, exceptions }, pods).violations, []);
});

test("what only an update can know is told as advice, and hides nothing of the rest", () => {
  const resources = [
    dockerContainer({ readOnly: UNKNOWN, memory: UNKNOWN, cpus: undefined }),
    dockerContainer({ readOnly: false }),
  ];
  const { violations } = evaluate({}, resources);
  assert.deepEqual(
    violations.map(({ policy, level, message }) => [policy, level, message]),
    [
      [
        "containers-must-have-limits",
        "advisory",
        "memory of Container 'api-container' is known after the update has begun, and judged then.",
      ],
      [
        RULE,
        "advisory",
        "readOnly of Container 'api-container' is known after the update has begun, and judged then.",
      ],
      [RULE, "mandatory", violation.message],
      [
        "memory-must-fit-the-host",
        "advisory",
        "memory is known after the update has begun, and judged then.",
      ],
    ],
  );
});
