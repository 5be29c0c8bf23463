import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { renderedFiles } from "../support/rendered";
import { sharded } from "../support/sharded";
import { projectStack } from "../support/stack-settings";

const shards = [...renderedFiles(sharded(2, {}, { replicas: 2 }))].filter(([name]) =>
  name.startsWith("prometheus-shard-"),
);

for (const [folder, rendered] of [
  ["dev", renderedFiles(projectStack("dev"))],
  ["shards", new Map(shards)],
] as const) {
  const golden = path.resolve(__dirname, "../golden", folder);

  if (process.env["UPDATE_GOLDEN"] === "1") {
    rmSync(golden, { recursive: true, force: true });
    for (const [name, text] of rendered) {
      mkdirSync(path.dirname(path.join(golden, name)), { recursive: true });
      writeFileSync(path.join(golden, name), text);
    }
  }

  const stored = existsSync(golden)
    ? readdirSync(golden, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(golden, path.join(entry.parentPath, entry.name)))
        .sort()
    : [];

  describe(`test/golden/${folder}`, () => {
    test("exactly these files are provisioned (UPDATE_GOLDEN=1 writes them anew)", () => {
      assert.deepEqual([...rendered.keys()].sort(), stored);
    });

    for (const name of stored) {
      test(`${name} is as it was reviewed`, () => {
        assert.equal(rendered.get(name), readFileSync(path.join(golden, name), "utf8"));
      });
    }
  });
}
