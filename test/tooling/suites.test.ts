import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const TESTS = path.resolve(__dirname, "..");

test("every folder with tests has a suite that npm test runs", () => {
  const folders = readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.split(path.sep)[0] ?? "");
  const unloaded = [...new Set(folders)].filter(
    (folder) => !existsSync(path.join(TESTS, "suites", `${folder}.suite.ts`)),
  );
  assert.deepEqual(unloaded, []);
});
