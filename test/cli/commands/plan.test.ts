import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { plan, type PlanOptions } from "../../../cli/commands/plan";
import { UserError } from "../../../cli/user-error";
import { PROJECT_DIRECTORY } from "../../support/declared-stack";
import { filesBelow } from "../../support/files-below";
import { temporaryFolder } from "../../support/temporary-folder";

/** Plans and returns what was printed. */
async function planned(context: TestContext, directory: string, options: PlanOptions) {
  const log = context.mock.method(console, "log", () => undefined);
  try {
    await plan(directory, options);
    return log.mock.calls.map((call) => call.arguments.join(" ")).join("\n");
  } finally {
    log.mock.restore();
  }
}

test("two plans of one stack give the same bytes in every file, in tables or as JSON", async (context) => {
  const [first, second] = [temporaryFolder(context), temporaryFolder(context)];
  const tables = await planned(context, PROJECT_DIRECTORY, { stack: "dev", out: first });
  const json = await planned(context, PROJECT_DIRECTORY, {
    stack: "dev",
    out: second,
    json: true,
  });
  const files = filesBelow(first);
  assert.deepEqual(filesBelow(second), files);
  assert.deepEqual(JSON.parse(json), JSON.parse(files.get("plan.json") ?? ""));
  assert.match(tables, /whalewatch\/dev: \d+ resources/);
  assert.match(tables, /Planned in \d+\.\d s; nothing was created\. See .+\/plan\.json, /);
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
  const broken = path.join(__dirname, "fixtures/broken");
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
