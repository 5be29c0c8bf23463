import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { exportStack, exportsToKeep } from "../../../cli/pulumi/stack-exports";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";

const STATE = '{"version":3,"deployment":{"resources":[{"urn":"urn"}],"secret":"v1:ciphertext"}}\n';
const NOW = new Date("2026-11-27T01:02:03.456Z");
const FILE = "2026-11-27T01-02-03.456Z.json";

/** A Pulumi with this state, which notes what it is asked. */
function pulumiWith(state: string, asked: string[] = []) {
  return {
    read: (args: readonly string[]) => {
      asked.push(args.join(" "));
      return state;
    },
  };
}

test("the state is copied as it is, secrets encrypted, readable by its owner alone", (context) => {
  const folder = temporaryFolder(context);
  const asked: string[] = [];
  const pulumi = pulumiWith(STATE, asked);
  const file = exportStack({ pulumi, stack: "dev", folder, keep: 3, now: NOW });
  assert.equal(file, path.join(folder, "exports/dev", FILE));
  assert.equal(readFileSync(file, "utf8"), STATE);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
  assert.deepEqual(asked, ["stack export --stack dev"], "without --show-secrets");
});

test("the newest are kept, of each stack its own, and no other file is touched", (context) => {
  const folder = temporaryFolder(context, {
    "exports/prod/2020-01-01T00-00-00.000Z.json": "prod",
    "exports/dev/2026-11-01T00-00-00.000Z.json": "1",
    "exports/dev/2026-11-02T00-00-00.000Z.json": "2",
    "exports/dev/2026-11-03T00-00-00.000Z.json": "3",
    "exports/dev/notes.txt": "mine",
  });
  exportStack({ pulumi: pulumiWith(STATE), stack: "dev", folder, keep: 2, now: NOW });
  assert.deepEqual(readdirSync(path.join(folder, "exports/dev")).sort(), [
    "2026-11-03T00-00-00.000Z.json",
    FILE,
    "notes.txt",
  ]);
  assert.equal(readdirSync(path.join(folder, "exports/prod")).length, 1);
});

for (const [what, state] of [
  ["without a deployment", '{"version":3}'],
  ["without resources", '{"version":3,"deployment":{"resources":[]}}'],
  ["with null for its resources", '{"version":3,"deployment":{"resources":null}}'],
] as const) {
  test(`a stack ${what} has nothing to keep`, (context) => {
    const folder = temporaryFolder(context);
    assert.equal(
      exportStack({ pulumi: pulumiWith(state), stack: "dev", folder, keep: 2 }),
      undefined,
    );
    assert.equal(existsSync(path.join(folder, "exports")), false);
  });
}

test("to keep none, Pulumi is not even asked", (context) => {
  const asked: string[] = [];
  const folder = temporaryFolder(context);
  exportStack({ pulumi: pulumiWith(STATE, asked), stack: "dev", folder, keep: 0 });
  assert.deepEqual(asked, []);
});

test("a copy that cannot be written stops what was to come, and says the way on", (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(path.join(folder, "exports"), "a file where the folder should be");
  assert.throws(
    () => exportStack({ pulumi: pulumiWith(STATE), stack: "dev", folder, keep: 1, now: NOW }),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /^The state of dev cannot be copied to .*\/exports\/dev: (ENOTDIR|EEXIST).*\. Nothing was changed\. Free space or mend the folder's rights; WHALEWATCH_STATE_EXPORTS=0 goes on without a copy\.$/,
      );
      return true;
    },
  );
});

for (const [text, keep] of [
  [undefined, 20],
  ["", 20],
  ["0", 0],
  ["7", 7],
  ["1000", 1000],
] as const) {
  test(`WHALEWATCH_STATE_EXPORTS=${text ?? "(unset)"} keeps ${keep}`, () => {
    assert.equal(exportsToKeep({ WHALEWATCH_STATE_EXPORTS: text }), keep);
  });
}

for (const text of ["-1", "1.5", "many", "1001", " 3"]) {
  test(`WHALEWATCH_STATE_EXPORTS=${text} is refused`, () => {
    assert.throws(
      () => exportsToKeep({ WHALEWATCH_STATE_EXPORTS: text }),
      (error) =>
        error instanceof UserError &&
        error.message ===
          `WHALEWATCH_STATE_EXPORTS: found "${text}"; allowed is a whole number from 0 (no exports) to 1000.`,
    );
  });
}
