import assert from "node:assert/strict";
import { hostname } from "node:os";
import { test } from "node:test";
import { findDrift } from "../../../cli/drift/find-drift";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";
import { exported, finding, state, URN } from "./resources";

const LOCK = ".pulumi/locks/organization/whalewatch/dev/4a1f.json";
const PREVIEW = "pulumi preview --stack dev --refresh --expect-no-changes --json failed:";
const gone = JSON.stringify({ steps: [{ urn: URN, op: "create", newState: state({}) }] });
interface End {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly export: string;
  readonly locked: boolean;
}
const ENDED: End = { status: 0, stdout: "", stderr: "", export: exported({}), locked: false };

/** How Pulumi ends, and how many differences there are or what is told. */
const ends: readonly [string, Partial<End>, number | string][] = [
  ["no change", { stdout: '{"steps":[]}' }, 1],
  ["a change, for which Pulumi fails", { stdout: gone, status: 7 }, 2],
  [
    "a failure without a digest",
    { stdout: "", stderr: "error: no plugin\n", status: 1 },
    `${PREVIEW} error: no plugin`,
  ],
  [
    "a failure that says why",
    { stdout: '{"diagnostics":[{"severity":"error","message":"no engine"}]}', status: 1 },
    `${PREVIEW} no engine`,
  ],
  [
    "a failure without a reason in it",
    { stdout: '{"steps":[]}', stderr: "error: killed", status: null },
    `${PREVIEW} error: killed`,
  ],
  [
    "a stack that is not up",
    { export: "{}" },
    "dev is not up: its state holds nothing to compare with. Bring it up: whalewatch up --stack dev",
  ],
  [
    "an update that runs",
    { locked: true },
    `dev is being updated by process ${process.pid} on ${hostname()}. Wait for it to end; if it is gone, run: npm run pulumi -- cancel --stack dev`,
  ],
];

for (const [what, given, outcome] of ends) {
  test(`looking for drift: ${what}`, async (context) => {
    const end = { ...ENDED, ...given };
    const lock = JSON.stringify({ pid: process.pid, hostname: hostname() });
    const folder = temporaryFolder(context, end.locked ? { [LOCK]: lock } : {});
    const searching = findDrift({
      pulumi: { read: () => end.export, attempt: () => end },
      platform: { drift: () => Promise.resolve([finding({})]) },
      ...{ stack: { project: "whalewatch", name: "dev" }, backend: `file://${folder}` },
    });
    if (typeof outcome === "number") assert.equal((await searching).findings.length, outcome);
    else {
      await assert.rejects(
        searching,
        (error) => error instanceof UserError && error.message === outcome,
      );
    }
  });
}
