import assert from "node:assert/strict";
import { test } from "node:test";
import { readStackState } from "../../../cli/pulumi/stack-state";

for (const [name, exported, ids, pendingCreates] of [
  ["a new stack", { version: 3 }, [], 0],
  ["an empty stack", { version: 3, deployment: { manifest: {} } }, [], 0],
  [
    "a stack with components, resources and unfinished work",
    {
      deployment: {
        resources: [
          { urn: "urn:a", type: "whalewatch:index:Redis" },
          { urn: "urn:b", type: "docker:index/container:Container", id: "c0ffee" },
          { urn: "urn:c", type: "docker:index/network:Network", id: "beef" },
        ],
        pending_operations: [
          { resource: { urn: "urn:d" }, type: "creating" },
          { resource: { urn: "urn:b" }, type: "updating" },
        ],
      },
    },
    ["c0ffee", "beef"],
    1,
  ],
] as const) {
  test(`${name} has ${ids.length} ids and ${pendingCreates} unfinished creations`, () => {
    const asked: unknown[] = [];
    const read = (args: readonly string[]) => {
      asked.push(args);
      return JSON.stringify(exported);
    };
    const state = readStackState({ read }, "dev");
    assert.deepEqual(asked, [["stack", "export", "--stack", "dev"]], "secrets are not asked for");
    assert.deepEqual([state.ids, state.pendingCreates], [new Set(ids), pendingCreates]);
    assert.deepEqual(
      state.resources.map(({ id }) => id),
      ids,
    );
  });
}
