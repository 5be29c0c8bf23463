import assert from "node:assert/strict";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { CLUSTER_STACK } from "../support/cluster";
import { takenInDryRun } from "../support/dry-run";

const EXAMPLES = readdirSync("examples", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe(
  "the API server takes every object of every example in a dry run",
  { concurrency: 1 },
  () => {
    for (const example of EXAMPLES) {
      test(example, async () => {
        const stack = `${CLUSTER_STACK}-${example}`;
        const file = `Pulumi.${stack}.yaml`;
        copyFileSync(path.join("examples", example, "Pulumi.dev.yaml"), file);
        try {
          const taken = await takenInDryRun(stack);
          assert.ok(taken > 50, `${taken} objects`);
        } finally {
          rmSync(file);
        }
      });
    }
  },
);
