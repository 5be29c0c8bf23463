import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeclaredResource } from "../../../cli/drift/declared-resources";
import { previewFindings } from "../../../cli/drift/preview-findings";
import { state, TYPE, URN } from "./resources";

const declared = (inputs: Record<string, unknown>): DeclaredResource => ({
  ...{ urn: URN, type: TYPE, name: "api", id: "1", secretInputs: new Set() },
  ...{ inputs, shownInputs: inputs },
});
const told = { resource: "api", urn: URN, mend: { by: "refresh" } };

/** A step of a preview, what the last update declared, and what is told of it. */
const steps: readonly [what: string, step: object, before: DeclaredResource[], told: object[]][] = [
  ["nothing", { op: "same", newState: state({}) }, [], []],
  ["a refresh", { op: "refresh", newState: state({}) }, [], []],
  [
    "a component",
    { op: "create", newState: { type: "whalewatch:index:Redis", custom: false } },
    [],
    [],
  ],
  [
    "something that is gone",
    { op: "create", newState: state({}) },
    [declared({})],
    [{ ...told, property: "existence", declared: "exists", found: "absent", cause: "drift" }],
  ],
  [
    "something new in the program",
    { op: "create", newState: state({}) },
    [],
    [
      {
        ...{ ...told, property: "existence", declared: "exists" },
        ...{ found: "not made yet", cause: "undeployed" },
      },
    ],
  ],
  [
    "something that left the program",
    { op: "delete", oldState: state({}) },
    [declared({})],
    [{ ...told, property: "existence", declared: "absent", found: "exists", cause: "undeployed" }],
  ],
  [
    "a limit changed by hand",
    {
      ...{ op: "update", detailedDiff: { memory: { kind: "update" } } },
      ...{ oldState: state({ memory: 96 }, { memory: 80 }), newState: state({ memory: 96 }) },
    },
    [declared({ memory: 96 })],
    [{ ...told, property: "memory", declared: "96", found: "80", cause: "drift" }],
  ],
  [
    "a limit changed by hand, where the refresh changes the inputs too",
    {
      ...{ op: "update", detailedDiff: { memory: { kind: "update" } } },
      ...{ oldState: state({ memory: 80 }), newState: state({ memory: 96 }) },
    },
    [declared({ memory: 96 })],
    [{ ...told, property: "memory", declared: "96", found: "80", cause: "drift" }],
  ],
  [
    "a limit changed in the stack file",
    {
      ...{ op: "update", diffReasons: ["memory"] },
      ...{ oldState: state({ memory: 96 }), newState: state({ memory: 128 }) },
    },
    [declared({ memory: 96 })],
    [{ ...told, property: "memory", declared: "128", found: "96", cause: "undeployed" }],
  ],
  [
    "a field of a manifest",
    {
      ...{ op: "replace", detailedDiff: { 'spec.items[0]["a.b/c"]': { kind: "update" } } },
      oldState: state({ spec: { items: [{ "a.b/c": 1 }] } }),
      newState: state({ spec: { items: [{ "a.b/c": 3 }] } }),
    },
    [declared({ spec: { items: [{ "a.b/c": 3 }] } })],
    [{ ...told, property: 'spec.items[0]["a.b/c"]', declared: "3", found: "1", cause: "drift" }],
  ],
  [
    "a variable",
    {
      ...{ op: "update", detailedDiff: { "spec.env[0].value": {} } },
      oldState: state({ spec: { env: [{ value: "hunter2" }] } }),
      newState: state({ spec: { env: [{ value: "hello" }] } }),
    },
    [declared({ spec: { env: [{ value: "hello" }] } })],
    [
      {
        ...told,
        property: "spec.env[0].value",
        declared: "hello",
        found: "differs",
        cause: "drift",
      },
    ],
  ],
  [
    "a secret by its name",
    {
      ...{ op: "update", detailedDiff: { "spec.password": {} } },
      oldState: state({ spec: { password: "hunter2" } }),
      newState: state({ spec: { password: "hunter3" } }),
    },
    [declared({ spec: { password: "hunter3" } })],
    [
      {
        ...told,
        property: "spec.password",
        declared: "[secret]",
        found: "differs",
        cause: "drift",
      },
    ],
  ],
  [
    "a Secret",
    {
      ...{ op: "update", detailedDiff: { "data.key": {} } },
      oldState: state({ data: { key: "hunter2" } }, undefined, "kubernetes:core/v1:Secret"),
      newState: state({ data: { key: "hunter3" } }, undefined, "kubernetes:core/v1:Secret"),
    },
    [declared({ data: { key: "hunter3" } })],
    [{ ...told, property: "data.key", declared: "[secret]", found: "differs", cause: "drift" }],
  ],
  ["the rest of a replacement", { op: "create-replacement" }, [], []],
  ["the end of a replacement", { op: "delete-replaced" }, [], []],
];

for (const [what, step, before, findings] of steps) {
  test(`a preview's step: ${what}`, () => {
    const text = JSON.stringify({ steps: [{ urn: URN, ...step }] });
    assert.deepEqual(previewFindings(text, before), { findings, errors: [] });
  });
}

test("what is no digest is none, and a preview's errors are told", () => {
  assert.equal(previewFindings("error: no stack", []), undefined);
  assert.equal(previewFindings("[]", []), undefined);
  const diagnostics = [
    { severity: "warning", message: "be careful" },
    { severity: "error", message: "no engine answers\n" },
  ];
  assert.deepEqual(previewFindings(JSON.stringify({ diagnostics }), []), {
    findings: [],
    errors: ["no engine answers"],
  });
});
