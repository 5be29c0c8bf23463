import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { checkFiles, checkTarget } from "../../../cli/backup/check-backup";
import type { BackupEntry } from "../../../cli/backup/manifest";
import { declareStack } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";

const CONTENT = "the data of redis";
const VOLUME: BackupEntry = {
  ...{ kind: "volume", workload: "redis", name: "/data", version: "redis:8.0.6" },
  ...{ file: "redis.data.tar", bytes: CONTENT.length },
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};
const DATABASE: BackupEntry = {
  ...VOLUME,
  ...{ kind: "database", workload: "postgres", name: "app", version: "17" },
};

for (const [name, spoil, problems] of [
  ["whole", () => undefined, []],
  ["missing", (file: string) => rmSync(file), ["redis.data.tar is missing."]],
  [
    "truncated",
    (file: string) => writeFileSync(file, CONTENT.slice(0, 5)),
    ["redis.data.tar has 5 bytes; the backup had 17."],
  ],
  [
    "tampered with",
    (file: string) => writeFileSync(file, CONTENT.replace("data", "DATA")),
    ["redis.data.tar has other bytes than the backup had."],
  ],
] as const) {
  test(`a file that is ${name}: ${problems[0] ?? "nothing to complain about"}`, async (context) => {
    const folder = temporaryFolder(context, { [VOLUME.file]: CONTENT });
    spoil(path.join(folder, VOLUME.file));
    const obstacles = await checkFiles(folder, [VOLUME]);
    assert.deepEqual(
      obstacles.map(({ problem }) => problem),
      problems,
    );
  });
}

interface Case {
  readonly entry?: Partial<BackupEntry>;
  /** The stack that was backed up, where it is another one. */
  readonly of?: string;
  readonly postgresMajor?: number;
  readonly fromOtherStack?: boolean;
}

for (const [name, found, problems] of [
  ["the same versions", {}, []],
  ["a newer server than the dump", { postgresMajor: 18 }, []],
  [
    "an older server than the dump",
    { postgresMajor: 16 },
    ["app was dumped by PostgreSQL 17, and the stack has 16."],
  ],
  [
    "another stack",
    { of: "prod" },
    ["The backup is of whalewatch/prod, and this is whalewatch/try."],
  ],
  ["another stack, when that is wanted", { of: "prod", fromOtherStack: true }, []],
  ["an older image's volume", { entry: { version: "redis:7.4" } }, []],
  [
    "a newer image's volume",
    { entry: { version: "redis:8.0.10" } },
    ["/data of redis was written by redis:8.0.10, and the stack has redis:8.0.6."],
  ],
  [
    "a volume of an image without a version",
    { entry: { version: "redis@sha256:abc" } },
    ["/data of redis was written by redis@sha256:abc, and the stack has redis:8.0.6."],
  ],
  [
    "a workload that the stack does not have",
    { entry: { workload: "grafana" } },
    ["The backup has volume /data of grafana, which the stack does not have."],
  ],
  [
    "a directory where the stack has no volume",
    { entry: { name: "/elsewhere" } },
    ["The backup has /elsewhere of redis, where the stack has no volume."],
  ],
  [
    "several at once",
    { of: "prod", postgresMajor: 16 },
    [
      "The backup is of whalewatch/prod, and this is whalewatch/try.",
      "app was dumped by PostgreSQL 17, and the stack has 16.",
    ],
  ],
] satisfies [string, Case, string[]][]) {
  test(`${name}: ${problems.length === 0 ? "restored" : problems.join(" ")}`, () => {
    const { of, postgresMajor = 17, fromOtherStack = false, entry }: Case = found;
    const stack = declareStack({ monitoring: { enabled: false }, postgres: {}, redis: {} });
    const obstacles = checkTarget(
      { project: stack.project, stack: of ?? stack.name },
      [{ ...VOLUME, ...entry }, DATABASE],
      { stack, postgresMajor, fromOtherStack },
    );
    assert.deepEqual(
      obstacles.map(({ problem }) => problem),
      problems,
    );
  });
}
