import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { type Manifest, readManifest, writeManifest } from "../../../cli/backup/manifest";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";

const MANIFEST: Manifest = {
  project: "whalewatch",
  stack: "dev",
  platform: "docker",
  startedAt: "2026-01-01T02:30:00.000Z",
  finishedAt: "2026-01-01T02:31:00.000Z",
  entries: [
    {
      ...{ kind: "volume", workload: "redis", name: "/data", version: "redis:8.0.6" },
      ...{ file: "redis.data.tar", bytes: 3, sha256: "abc" },
    },
  ],
};

function written(context: TestContext): { folder: string; file: string } {
  const folder = temporaryFolder(context);
  writeManifest(folder, MANIFEST);
  return { folder, file: path.join(folder, "manifest.json") };
}

test("a manifest is read as it was written, and is its owner's alone", (context) => {
  const { folder, file } = written(context);
  assert.deepEqual(readManifest(folder), { format: 1, ...MANIFEST });
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

const DAMAGED = /was changed or damaged after the backup/;
for (const [name, change, message] of [
  ["cut short", (text: string) => text.slice(0, 100), DAMAGED],
  ["with another stack's name", (text: string) => text.replace('"dev"', '"prod"'), DAMAGED],
  ["with another digest of a file", (text: string) => text.replace('"abc"', '"abd"'), DAMAGED],
  ["with a file elsewhere", (text: string) => text.replace("redis.data", "../data"), DAMAGED],
  ["that is empty", () => "", DAMAGED],
  [
    "of a newer format",
    (text: string) => text.replace('"format": 1', '"format": 2, "more": {}'),
    /has format 2; allowed: at most 1\. A newer whalewatch wrote it/,
  ],
] as const) {
  test(`a manifest ${name} is refused`, (context) => {
    const { folder, file } = written(context);
    writeFileSync(file, change(readFileSync(file, "utf8")));
    assert.throws(
      () => readManifest(folder),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}

test("a folder without a manifest is no backup", (context) => {
  assert.throws(() => readManifest(temporaryFolder(context)), {
    name: "UserError",
    message: /is no backup: it has no manifest\.json\. One that was interrupted has none\./,
  });
});
