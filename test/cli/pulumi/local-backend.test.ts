import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fail } from "../../../cli/doctor/diagnosis";
import { checkPassphrase } from "../../../cli/doctor/state";
import { pulumiEnvironment } from "../../../cli/pulumi/local-backend";
import { temporaryFolder } from "../../support/temporary-folder";

/** A machine on which nobody has used Pulumi. */
function freshMachine(context: Parameters<typeof temporaryFolder>[0]) {
  const directory = temporaryFolder(context);
  const home = temporaryFolder(context);
  return { directory, home, state: path.join(directory, ".pulumi-state") };
}

test("without a login the state is a local folder, and the passphrase a file of its own", (context) => {
  const { directory, home, state } = freshMachine(context);
  const given = { HOME: home, PATH: "/bin" };
  const environment = pulumiEnvironment(directory, given);
  assert.deepEqual(environment, {
    ...given,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: path.join(state, "passphrase"),
  });
  assert.equal(statSync(state).mode & 0o777, 0o700);
  assert.equal(statSync(path.join(state, "passphrase")).mode & 0o777, 0o600);
  assert.match(readFileSync(path.join(state, "passphrase"), "utf8"), /^[\w-]{43}$/);
});

test("the passphrase is made once and never overwritten; each project has its own", (context) => {
  const { directory, home, state } = freshMachine(context);
  const read = (folder: string) => readFileSync(path.join(folder, "passphrase"), "utf8");
  pulumiEnvironment(directory, { HOME: home });
  const first = read(state);
  pulumiEnvironment(directory, { HOME: home });
  assert.equal(read(state), first);
  const other = freshMachine(context);
  pulumiEnvironment(other.directory, { HOME: home });
  assert.notEqual(read(other.state), first);
});

test("a passphrase that is lost is not made anew where stacks are, and doctor says so", (context) => {
  const { directory, home, state } = freshMachine(context);
  mkdirSync(path.join(state, ".pulumi/stacks/whalewatch"), { recursive: true });
  const environment = pulumiEnvironment(directory, { HOME: home });
  const file = path.join(state, "passphrase");
  assert.equal(existsSync(file), false);
  assert.deepEqual(
    checkPassphrase(environment),
    fail(
      "passphrase",
      `${file} is not there`,
      "Bring the file back: without it the secrets in the state are lost.",
    ),
  );
});

for (const [given, expected] of [
  [
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE: "mine" },
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE: "mine" },
  ],
  [
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE: "" },
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE: "" },
  ],
  [
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE_FILE: "/mine" },
    { PULUMI_BACKEND_URL: "s3://bucket", PULUMI_CONFIG_PASSPHRASE_FILE: "/mine" },
  ],
] as const) {
  test(`${JSON.stringify(given)} is kept, and nothing is written`, (context) => {
    const { directory, home, state } = freshMachine(context);
    const environment = pulumiEnvironment(directory, { HOME: home, ...given });
    assert.deepEqual(environment, { HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true", ...expected });
    assert.equal(existsSync(state), false);
  });
}

test("an empty PULUMI_BACKEND_URL is none, as it is to Pulumi", (context) => {
  const { directory, home, state } = freshMachine(context);
  const environment = pulumiEnvironment(directory, { HOME: home, PULUMI_BACKEND_URL: "" });
  assert.equal(environment["PULUMI_BACKEND_URL"], `file://${state}`);
});

for (const [credentials, loggedIn] of [
  ['{"current": "https://api.pulumi.com"}', true],
  ['{"current": ""}', false],
  ['{"accounts": {}}', false],
  ["null", false],
] as const) {
  const what = loggedIn ? "is a login, whose backend stays" : "is no login";
  test(`credentials.json with ${credentials} ${what}`, (context) => {
    for (const [folder, variable] of [
      [".pulumi", "HOME"],
      ["", "PULUMI_HOME"],
    ] as const) {
      const { directory } = freshMachine(context);
      const home = temporaryFolder(context, {
        [path.join(folder, "credentials.json")]: credentials,
      });
      const environment = pulumiEnvironment(directory, { [variable]: home });
      assert.equal(environment["PULUMI_BACKEND_URL"] === undefined, loggedIn, variable);
    }
  });
}

test("the user's own setting of the update check stays", (context) => {
  const { directory, home } = freshMachine(context);
  const given = { HOME: home, PULUMI_SKIP_UPDATE_CHECK: "false" };
  assert.equal(pulumiEnvironment(directory, given)["PULUMI_SKIP_UPDATE_CHECK"], "false");
});
