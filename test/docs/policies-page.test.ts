import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { format } from "prettier";
import { POLICIES } from "../../policies/policies";
import { projectFile } from "../support/stack-settings";

const PAGE = "docs/policies.md";
const INTRODUCTION = projectFile("test/docs/policies-introduction.md");

/** What each policy wants and what to do, in the order of the list. */
function page(): Promise<string> {
  const lines = POLICIES.map(
    ({ name, level, description, remedy, scope }) =>
      `| [${name}](../policies/rules/${name}.ts) | ${level} | ${description} | ${remedy} | ${scope === "stack" ? "the stack" : "each resource"} |`,
  );
  const table = [
    "| policy | level | what holds | what to do | looks at |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ];
  return format(`${INTRODUCTION}\n## Every policy\n\n${table.join("\n")}\n`, {
    parser: "markdown",
    printWidth: 100,
  });
}

test("docs/policies.md says what the policies are (UPDATE_GOLDEN=1 writes it anew)", async () => {
  const text = await page();
  if (process.env["UPDATE_GOLDEN"] === "1") {
    writeFileSync(path.resolve(__dirname, "../..", PAGE), text);
  }
  assert.equal(projectFile(PAGE), text);
});
