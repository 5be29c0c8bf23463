import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { test, type TestContext } from "node:test";
import { ok } from "../../../cli/doctor/diagnosis";
import { examine, type ExamineArgs } from "../../../cli/doctor/examine";
import { UserError } from "../../../cli/user-error";
import { declareStack, PROJECT_DIRECTORY } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";

const FIX = "npm run doctor -- --stack try --fix";
const LOCK = ".pulumi/locks/organization/whalewatch/try/4a1f.json";
const STATE = JSON.stringify({
  deployment: {
    resources: [{ urn: "urn", type: "docker:index/volume:Volume", id: "volume" }],
    pending_operations: [{ type: "creating" }],
  },
});

interface Given {
  readonly lockedBy?: number;
  readonly platform?: Partial<ExamineArgs["platform"]>;
  readonly export?: { status: number; stdout: string; stderr: string };
  readonly opened?: { status: number; stdout: string; stderr: string };
}

/** Examines a made-up stack and returns what is not about this machine, in short. */
async function examined(context: TestContext, given: Given): Promise<string[]> {
  const lock = JSON.stringify({ pid: given.lockedBy, hostname: hostname() });
  const folder = temporaryFolder(context, given.lockedBy === undefined ? {} : { [LOCK]: lock });
  const end = { status: 0, stdout: STATE, stderr: "" };
  const diagnoses = await examine({
    directory: PROJECT_DIRECTORY,
    environment: { PULUMI_CONFIG_PASSPHRASE: "x" },
    pulumi: {
      check: () => [],
      read: () => "v3.248.0",
      attempt: ([, what]) => (what === "export" ? (given.export ?? end) : (given.opened ?? end)),
    },
    backend: { url: `file://${folder}`, setBy: "default" },
    stack: declareStack({ services: {} }),
    platform: {
      checkAnswers: () => Promise.resolve([]),
      checkUpdate: () => Promise.resolve([]),
      diagnose: () => Promise.resolve([ok("engine", "Docker")]),
      leftovers: () => Promise.resolve(["container a"]),
      ...given.platform,
    },
  });
  const local = [
    "node",
    "pulumi",
    "plugins",
    "state",
    "state's disk",
    "passphrase",
    "processes",
    "files",
  ];
  return diagnoses
    .filter(({ what }) => !local.includes(what))
    .map(({ status, what, found, toDo }) => `${status} ${what}: ${found} -> ${toDo ?? ""}`);
}

const KNOWN = "ok stack: try has 1 resources, and its secrets can be opened -> ";
const ENGINE = "ok engine: Docker -> ";
const ROOM = "ok room: memory, CPU and ports are there for an up -> ";
const interrupted = (left: string): string =>
  `fail update: An update was interrupted and left behind: ${left}. Names are taken by that and the next plain pulumi up fails; data is safe. -> ${FIX}`;

test("what a killed update left is one diagnosis, with the command that clears it", async (context) => {
  const lockedBy = spawnSync("true").pid;
  assert.deepEqual(await examined(context, { lockedBy }), [
    ...[KNOWN, ENGINE, ROOM],
    interrupted(
      `the lock of process ${lockedBy} on ${hostname()}, which is gone; 1 unfinished creation in the state; container a, not in the state`,
    ),
  ]);
});

test("while an update runs nothing of it is taken for a leftover", async (context) => {
  const leftovers = () => Promise.reject(new Error("not to be asked"));
  assert.deepEqual(await examined(context, { lockedBy: process.pid, platform: { leftovers } }), [
    ...[KNOWN, ENGINE, ROOM],
    `warn update: process ${process.pid} on ${hostname()} is updating the stack -> Wait for it to end; if that process is gone: npm run pulumi -- cancel --stack try`,
  ]);
});

test("a stack that is new has nothing to be left behind", async (context) => {
  const missing = { status: 1, stdout: "", stderr: "error: no stack named 'try' found" };
  assert.deepEqual(await examined(context, { export: missing }), [
    "ok stack: try is not made yet; up makes it -> ",
    ...[ENGINE, ROOM],
    "ok update: none runs, and none was interrupted -> ",
  ]);
});

test("a state out of reach and a wrong passphrase are told in Pulumi's words", async (context) => {
  const unreachable = { status: 1, stdout: "", stderr: "error: no bucket" };
  const [first] = await examined(context, { export: unreachable });
  assert.equal(
    first,
    "fail stack: error: no bucket -> Mend the way to the state: the address, the login, the network.",
  );
  const opened = { status: 1, stdout: "", stderr: "error: incorrect passphrase" };
  const [second] = await examined(context, { opened });
  assert.equal(
    second,
    "fail secrets: error: incorrect passphrase -> Set the passphrase (or log in to the key service) that the stack was made with.",
  );
});

test("an engine that does not answer is told once, and nothing else is asked of it", async (context) => {
  const unasked = () => Promise.reject(new Error("not to be asked"));
  const silent = { problem: "Docker does not answer.", remedy: "Start it." };
  const platform = {
    checkAnswers: () => Promise.resolve([silent]),
    ...{ checkUpdate: unasked, diagnose: unasked, leftovers: unasked },
  };
  assert.deepEqual(await examined(context, { platform }), [
    KNOWN,
    "fail platform: Docker does not answer. -> Start it.",
  ]);
});

test("what would keep an up from working is told as up tells it", async (context) => {
  const taken = { problem: "Port 80 is taken.", remedy: "Choose another." };
  const platform = {
    checkUpdate: () => Promise.resolve([taken]),
    leftovers: () => Promise.reject(new UserError("The context is wrong.")),
  };
  assert.deepEqual(await examined(context, { platform }), [
    ...[KNOWN, ENGINE],
    "fail up: Port 80 is taken. -> Choose another.",
    "fail update: The context is wrong. -> Mend that first.",
  ]);
});
