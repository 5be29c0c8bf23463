import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { renderedFiles } from "../support/rendered";
import { projectStack } from "../support/stack-settings";

const GOLDEN = path.resolve(__dirname, "../golden/dev");
const rendered = renderedFiles(projectStack("dev"));

if (process.env["UPDATE_GOLDEN"] === "1") {
  rmSync(GOLDEN, { recursive: true, force: true });
  for (const [name, text] of rendered) {
    mkdirSync(path.dirname(path.join(GOLDEN, name)), { recursive: true });
    writeFileSync(path.join(GOLDEN, name), text);
  }
}

const stored = existsSync(GOLDEN)
  ? readdirSync(GOLDEN, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(GOLDEN, path.join(entry.parentPath, entry.name)))
      .sort()
  : [];

test("dev provisions exactly the files of test/golden/dev (UPDATE_GOLDEN=1 writes them anew)", () => {
  assert.deepEqual([...rendered.keys()].sort(), stored);
});

for (const name of stored) {
  test(`${name} is as it was reviewed`, () => {
    assert.equal(rendered.get(name), readFileSync(path.join(GOLDEN, name), "utf8"));
  });
}
