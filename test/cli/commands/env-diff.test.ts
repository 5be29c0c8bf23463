import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { describeDifferences, envDiff, judgedDifferences } from "../../../cli/commands/env-diff";
import { UserError } from "../../../cli/user-error";
import { PROJECT_DIRECTORY } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";

const API = "image: example/api:1.0.0, port: 8000, limits: { memory: 64Mi, cpu: 0.1 }";
const FILES = {
  "Pulumi.yaml": "name: whalewatch\n",
  "Pulumi.dev.yaml": `config:\n  whalewatch:services: { api: { ${API} } }\n`,
  "Pulumi.live.yaml": `config:\n  whalewatch:services: { api: { ${API}, replicas: 2, user: "2000:1000" } }\n`,
};
const ALLOWED =
  "allowed:\n  - { setting: whalewatch:services.*.replicas, reason: live is busier }\n";

/** Runs the command; what it prints, and what it refuses with. */
function run(
  context: TestContext,
  files: Readonly<Record<string, string>>,
  stacks: readonly [string, string],
  json = false,
): { printed: string; refused: string | undefined } {
  const log = context.mock.method(console, "log", () => undefined);
  let refused: string | undefined;
  try {
    envDiff(temporaryFolder(context, files), ...stacks, { json });
  } catch (error) {
    assert.ok(error instanceof UserError);
    refused = error.message;
  }
  return { printed: log.mock.calls.map((call) => String(call.arguments)).join("\n"), refused };
}

test("what is not allowed comes first and fails the command, what is allowed has its reason", (context) => {
  const { printed, refused } = run(context, { ...FILES, "environments.yaml": ALLOWED }, [
    "dev",
    "live",
  ]);
  assert.equal(
    printed,
    `dev -> live: 2 differences, 1 of them not allowed

NOT ALLOWED
  whalewatch:services.api.user.uid  1000 -> 2000

Allowed: live is busier
  whalewatch:services.api.replicas  1 -> 2`,
  );
  assert.equal(
    refused,
    "1 difference is not allowed: make the setting the same in both, or say in environments.yaml why it may differ.",
  );
});

test("once every difference is allowed the command succeeds", (context) => {
  const allowed = `${ALLOWED}  - { setting: whalewatch:services.api.user, reason: another image }\n`;
  const { refused } = run(context, { ...FILES, "environments.yaml": allowed }, ["dev", "live"]);
  assert.equal(refused, undefined);
});

test("without an allow-list no difference is allowed", (context) => {
  const { refused } = run(context, FILES, ["live", "dev"]);
  assert.equal(
    refused,
    "2 differences are not allowed: make the setting the same in both, or say in environments.yaml why it may differ.",
  );
});

test("--json has each difference with its reason, and fails all the same", (context) => {
  const files = { ...FILES, "environments.yaml": ALLOWED };
  const { printed, refused } = run(context, files, ["dev", "live"], true);
  assert.deepEqual(JSON.parse(printed), {
    from: "dev",
    to: "live",
    differences: [
      {
        setting: "whalewatch:services.api.replicas",
        from: "1",
        to: "2",
        reason: "live is busier",
      },
      { setting: "whalewatch:services.api.user.uid", from: "1000", to: "2000" },
    ],
  });
  assert.notEqual(refused, undefined);
});

test("faults of both files are told at once", (context) => {
  const bad = "config:\n  whalewatch:host: { memory: 1 }\n";
  const { printed, refused } = run(
    context,
    { ...FILES, "Pulumi.dev.yaml": bad, "Pulumi.live.yaml": bad },
    ["dev", "live"],
  );
  assert.equal(printed, "");
  assert.match(
    String(refused),
    /^Pulumi\.dev\.yaml has 1 problem;.*\n.*host\.memory.*\nPulumi\.live\.yaml has 1 problem;.*\n.*host\.memory/,
  );
});

test("equal environments are told to be", () => {
  assert.equal(describeDifferences("a", "b", []), "a and b have the same settings.");
});

test("the shipped dev and prod differ by nothing that is not allowed", () => {
  const judged = judgedDifferences(PROJECT_DIRECTORY, "dev", "prod");
  assert.deepEqual(
    judged.filter(({ reason }) => reason === undefined),
    [],
  );
  const settings = judged.map(({ setting }) => setting);
  assert.ok(settings.includes("whalewatch:platform"));
  assert.ok(settings.includes("whalewatch:services.resnet-v1.image"));
});
