import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PulumiCli } from "../../../cli/pulumi/pulumi-cli";
import { UserError } from "../../../cli/user-error";
import { stubPulumi } from "../../support/stub-pulumi";
import { temporaryFolder } from "../../support/temporary-folder";

const NO_CLI =
  "The Pulumi CLI is not on PATH. Install it as its documentation says (pulumi.com/docs/install), then open a new shell.";

const saying = (message: string | RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError);
  if (typeof message === "string") assert.equal(error.message, message);
  else assert.match(error.message, message);
  return true;
};

test("what a command prints is returned, without questions asked, from the project's folder", (context) => {
  const { environment, calls } = stubPulumi(
    context,
    'pwd; echo "$PULUMI_BACKEND_URL"; echo no >&2',
  );
  const directory = temporaryFolder(context);
  const pulumi = new PulumiCli(directory, { ...environment, PULUMI_BACKEND_URL: "file://state" });
  assert.equal(pulumi.read(["stack", "export"]), `${directory}\nfile://state\n`);
  assert.deepEqual(calls(), ["stack export --non-interactive"]);
});

test("a command that fails is told with the CLI's own words", (context) => {
  const { environment } = stubPulumi(context, 'echo "error: no stack" >&2; exit 3');
  const pulumi = new PulumiCli(temporaryFolder(context), environment);
  assert.throws(
    () => pulumi.read(["stack", "export"]),
    saying("pulumi stack export failed: error: no stack"),
  );
});

for (const [script, ending] of [
  ["exit 3", "code 3"],
  ["kill -TERM $$", "SIGTERM"],
] as const) {
  test(`a run that ends with ${ending} is told so`, async (context) => {
    const { environment } = stubPulumi(context, script);
    const pulumi = new PulumiCli(temporaryFolder(context), environment);
    await assert.rejects(
      pulumi.run(["up", "--yes"]),
      saying(`pulumi up --yes ended with ${ending}.`),
    );
  });
}

test("a run that succeeds is done when it is over", async (context) => {
  const directory = temporaryFolder(context);
  const { environment, calls } = stubPulumi(context, "sleep 0.1; echo done > finished");
  await new PulumiCli(directory, environment).run(["up", "--stack", "dev"]);
  assert.equal(readFileSync(path.join(directory, "finished"), "utf8"), "done\n");
  assert.deepEqual(calls(), ["up --stack dev"]);
});

test("an aborted run is asked to end, and fails with the reason of the abort", async (context) => {
  const directory = temporaryFolder(context);
  const script =
    "trap 'echo cancelled > ended; exit 2' INT; echo > began; while :; do sleep 0.05; done";
  const { environment } = stubPulumi(context, script);
  const stopping = new AbortController();
  const running = new PulumiCli(directory, environment).run(["up"], { signal: stopping.signal });
  while (!existsSync(path.join(directory, "began"))) await sleep(10);
  stopping.abort(new UserError("The image is not there."));
  await assert.rejects(running, saying("The image is not there."));
  assert.equal(readFileSync(path.join(directory, "ended"), "utf8"), "cancelled\n");
});

test("a run that ends well before its abort counts as well", async (context) => {
  const { environment } = stubPulumi(context, "exit 0");
  const stopping = new AbortController();
  const pulumi = new PulumiCli(temporaryFolder(context), environment);
  await pulumi.run(["up"], { signal: stopping.signal });
  stopping.abort(new UserError("too late"));
});

test("a CLI that answers is no obstacle, and one that fails is", (context) => {
  for (const [script, obstacles] of [
    ["exit 0", 0],
    ["exit 1", 1],
  ] as const) {
    const { environment } = stubPulumi(context, script);
    const pulumi = new PulumiCli(temporaryFolder(context), environment);
    assert.equal(pulumi.check().length, obstacles);
  }
});

test("without a CLI every way to use it says how to get it", async (context) => {
  const directory = temporaryFolder(context);
  const pulumi = new PulumiCli(directory, { PATH: directory });
  const obstacles = pulumi.check().map(({ problem, remedy }) => `${problem} ${remedy}`);
  assert.deepEqual(obstacles, [NO_CLI]);
  assert.throws(() => pulumi.read(["stack"]), saying(NO_CLI));
  await assert.rejects(pulumi.run(["up"]), saying(NO_CLI));
});
