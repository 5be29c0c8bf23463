import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { renderFiles } from "../../../cli/commands/render";
import { projectCluster } from "../../support/cluster";
import { filesBelow } from "../../support/files-below";

const GOLDEN = path.resolve(__dirname, "../../golden/kubernetes/prod");
const rendered = new Map(
  renderFiles(projectCluster("prod")).map((file) => [file.path, file.text] as const),
);

if (process.env["UPDATE_GOLDEN"] === "1") {
  rmSync(GOLDEN, { recursive: true, force: true });
  for (const [name, text] of rendered) {
    mkdirSync(path.dirname(path.join(GOLDEN, name)), { recursive: true });
    writeFileSync(path.join(GOLDEN, name), text);
  }
}

const stored = existsSync(GOLDEN) ? filesBelow(GOLDEN) : new Map<string, string>();

test("prod on Kubernetes is exactly test/golden/kubernetes/prod (UPDATE_GOLDEN=1 writes it anew)", () => {
  assert.deepEqual([...rendered.keys()].sort(), [...stored.keys()].sort());
});

for (const [name, text] of stored) {
  test(`${name} is as it was reviewed`, () => {
    assert.equal(rendered.get(name), text);
  });
}
