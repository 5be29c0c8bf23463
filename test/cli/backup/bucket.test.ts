import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { Bucket } from "../../../cli/backup/bucket";
import { readManifest, writeManifest } from "../../../cli/backup/manifest";
import { UserError } from "../../../cli/user-error";
import { S3_KEY, startS3 } from "../../support/s3-server";
import { temporaryFolder } from "../../support/temporary-folder";

const UNBROKEN = new AbortController().signal;
const KEYS = { AWS_ACCESS_KEY_ID: S3_KEY.id, AWS_SECRET_ACCESS_KEY: S3_KEY.secret };
const SAID = { AWS_REGION: S3_KEY.region, ...KEYS };
const DUMP = Buffer.from([0, 255, 13, 10, 0]);

/** A backup of one file. */
function madeBackup(context: TestContext): string {
  const folder = temporaryFolder(context);
  writeFileSync(path.join(folder, "postgres.app.dump"), DUMP);
  writeManifest(folder, {
    ...{ project: "whalewatch", stack: "dev", platform: "docker" },
    startedAt: "2026-11-27T00:00:00.000Z",
    finishedAt: "2026-11-27T00:00:01.000Z",
    entries: [
      {
        ...{ kind: "database", workload: "postgres", name: "app", version: "18" },
        ...{ file: "postgres.app.dump", bytes: DUMP.length, sha256: "0" },
      },
    ],
  });
  return folder;
}

test("a backup goes into a bucket, its manifest last, and comes back byte by byte", async (context) => {
  const { url, objects } = await startS3(context);
  const environment = { ...SAID, AWS_ENDPOINT_URL_S3: url };
  const made = madeBackup(context);
  const lines: string[] = [];
  const copy = Bucket.at("s3://backups/team", environment).inside("dev", "20261127T000000Z");
  await copy.upload(made, (line) => lines.push(line));
  const there = "backups/team/dev/20261127T000000Z";
  assert.deepEqual([...objects.keys()], [`${there}/postgres.app.dump`, `${there}/manifest.json`]);
  assert.deepEqual(lines, [
    `postgres.app.dump is in s3://${there}`,
    `manifest.json is in s3://${there}`,
  ]);

  const folder = path.join(temporaryFolder(context), "new");
  await Bucket.at(`s3://${there}`, environment).download(folder, UNBROKEN, () => undefined);
  assert.deepEqual(readFileSync(path.join(folder, "postgres.app.dump")), DUMP);
  assert.deepEqual(readManifest(folder), readManifest(made));
});

test("what is not there, and a key that the store does not know, are told in the store's words", async (context) => {
  const { url } = await startS3(context);
  const environment = { ...SAID, AWS_ENDPOINT_URL_S3: url };
  const fetch = (keys: NodeJS.ProcessEnv): Promise<void> =>
    Bucket.at("s3://backups/gone", keys).download(
      temporaryFolder(context),
      UNBROKEN,
      () => undefined,
    );
  const refusal = `${url} did not do what was asked with s3://backups/gone/manifest.json:`;
  await assert.rejects(fetch(environment), (error: Error) => error.message.startsWith(refusal));
  await assert.rejects(
    Bucket.at("s3://backups", { ...environment, AWS_SECRET_ACCESS_KEY: "other" }).upload(
      madeBackup(context),
      () => undefined,
    ),
    new UserError(
      `${url} did not do what was asked with s3://backups/postgres.app.dump: SignatureDoesNotMatch`,
    ),
  );
});

for (const [title, url, environment, problems] of [
  ["nothing is known", "s3://backups", {}, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]],
  ["no bucket", "s3://", KEYS, ["found s3://; allowed: s3://BUCKET or s3://BUCKET/FOLDER"]],
  ["another scheme", "gs://backups", KEYS, ["found gs://backups; allowed: s3://BUCKET"]],
  [
    "an address in the clear",
    "s3://backups",
    { ...KEYS, AWS_ENDPOINT_URL: "http://store.example.com" },
    ["AWS_ENDPOINT_URL_S3: found http://store.example.com; allowed: an https URL of the store"],
  ],
  ["no address", "s3://backups", { ...KEYS, AWS_ENDPOINT_URL: "store" }, ["found store; allowed"]],
] as const) {
  test(`refused before anything is copied: ${title}`, () => {
    assert.throws(
      () => Bucket.at(url, environment),
      (error: Error) =>
        error instanceof UserError && problems.every((problem) => error.message.includes(problem)),
    );
  });
}
