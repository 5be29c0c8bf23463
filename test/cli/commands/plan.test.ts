import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../../../cli/user-error";
import { planned } from "../../support/printed-plan";
import { temporaryFolder } from "../../support/temporary-folder";

const FIXTURES = path.join(__dirname, "fixtures");

test("a plan is printed in tables, and where it was written", async (context) => {
  const out = path.join(temporaryFolder(context), "out");
  const printed = await planned(context, path.join(FIXTURES, "bare"), { stack: "dev", out });
  const text = stripVTControlCharacters(printed);
  assert.match(text, /^\nbare\/dev: 1 resources\n/);
  const shown = path.relative(path.join(FIXTURES, "bare"), out);
  const last = text.split("\n").at(-1) ?? "";
  assert.match(last, /^Planned in \d+\.\d s; nothing was created\. See /);
  assert.ok(
    last.endsWith(`See ${shown}/plan.json, ${shown}/topology.svg and ${shown}/files.`),
    last,
  );
  assert.ok(existsSync(path.join(out, "plan.json")));
});

for (const [fault, files, message] of [
  [
    "a bad stack file",
    { "Pulumi.dev.yaml": "config:\n  whalewatch:host: { memory: lots }\n" },
    /^Pulumi\.dev\.yaml has 1 problem; nothing was created\.\n {2}whalewatch:host\.memory: found "lots"; allowed: /,
  ],
  [
    "an unknown stack",
    { "Pulumi.prod.yaml": "" },
    /^No stack file Pulumi\.dev\.yaml\. There are: prod\./,
  ],
  [
    "a syntax error",
    { "Pulumi.dev.yaml": "config: [" },
    /^Pulumi\.dev\.yaml is no YAML: .+ at line 1, column 10/,
  ],
] as const) {
  test(`${fault} is told, and nothing is written`, async (context) => {
    const directory = temporaryFolder(context, { "Pulumi.yaml": "name: whalewatch\n", ...files });
    await assert.rejects(planned(context, directory, { stack: "dev" }), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, message);
      return true;
    });
    assert.equal(existsSync(path.join(directory, "out")), false);
  });
}

test("an error of the program is told in its own words, and nothing is written", async (context) => {
  const out = path.join(temporaryFolder(context), "out");
  const broken = path.join(FIXTURES, "broken");
  await assert.rejects(planned(context, broken, { stack: "dev", out }), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(
      error.message,
      "The program cannot be planned:\n  The price list is empty: fill prices.csv.",
    );
    return true;
  });
  assert.equal(existsSync(out), false);
});
