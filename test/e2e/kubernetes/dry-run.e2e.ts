import assert from "node:assert/strict";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { KINDS } from "../../../cli/kubernetes/api/kinds";
import { CLUSTER_STACK } from "../support/cluster";
import { takenInDryRun } from "../support/dry-run";

/** Stacks that together have every kind of object, beside the examples. */
const STACKS = path.join(__dirname, "stacks");

const files: readonly (readonly [name: string, file: string])[] = [
  ...readdirSync("examples", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, path.join("examples", name, "Pulumi.dev.yaml")] as const),
  ...readdirSync(STACKS).map((file) => [path.parse(file).name, path.join(STACKS, file)] as const),
];

describe("the API server takes every object in a dry run", { concurrency: 1 }, () => {
  const kinds = new Set<string>();

  for (const [name, file] of files) {
    test(name, async () => {
      const stack = `${CLUSTER_STACK}-${name}`;
      const copy = `Pulumi.${stack}.yaml`;
      copyFileSync(file, copy);
      try {
        const taken = await takenInDryRun(stack);
        assert.ok(taken.length > 50, `${taken.length} objects`);
        for (const kind of taken) kinds.add(kind);
      } finally {
        rmSync(copy);
      }
    });
  }

  test("every kind that a stack is made of was among them, but Secrets, which are never rendered", () => {
    assert.deepEqual(
      Object.keys(KINDS).filter((kind) => !kinds.has(kind)),
      ["Secret"],
    );
  });
});
