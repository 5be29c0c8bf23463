import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { findLock } from "../../../cli/pulumi/stale-lock";
import { temporaryFolder } from "../../support/temporary-folder";

const LOCK = ".pulumi/locks/organization/whalewatch/dev/4a1f.json";
const deadPid = () => spawnSync("true").pid;

for (const [who, pid, host, dead] of [
  ["a living process of this machine", () => process.pid, hostname(), false],
  ["a process of another user", () => 1, hostname(), false],
  ["a process that is gone", deadPid, hostname(), true],
  ["a process of another machine, which cannot be asked", deadPid, "elsewhere", false],
] as const) {
  test(`the lock of ${who} is ${dead ? "" : "not "}stale`, (context) => {
    const lock = { pid: pid(), hostname: host };
    const folder = temporaryFolder(context, {
      [LOCK]: JSON.stringify({ ...lock, username: "me", timestamp: "2026-11-23T00:00:00Z" }),
    });
    assert.deepEqual(findLock(`file://${folder}`, "whalewatch", "dev"), {
      name: `process ${lock.pid} on ${host}`,
      dead,
    });
  });
}

test(
  "the lock of a process that has ended, and that nobody has asked how, is stale",
  {
    skip: process.platform === "linux" ? false : "SKIPPED: only Linux tells of zombies",
    timeout: 10_000,
  },
  async (context) => {
    // The shell leaves a child behind that ends later, and becomes a program that does not look after it.
    const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"]);
    context.after(() => parent.kill());
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const lock = { pid: Number(line.toString()), hostname: hostname() };
    const folder = temporaryFolder(context, { [LOCK]: JSON.stringify(lock) });
    const find = () => findLock(`file://${folder}`, "whalewatch", "dev");
    while (find()?.dead !== true) await sleep(20);
    assert.doesNotThrow(() => process.kill(lock.pid, 0), "it is still to be found");
  },
);

test("a stack without a lock has no holder, whatever other stacks have", (context) => {
  const folder = temporaryFolder(context, { [LOCK]: '{"pid": 1, "hostname": "elsewhere"}' });
  assert.equal(findLock(`file://${folder}`, "whalewatch", "prod"), undefined);
  assert.equal(findLock(`file://${folder}`, "other", "dev"), undefined);
});

for (const broken of ["", '{"pid": 4', "{}", "null"]) {
  test(`a lock of ${JSON.stringify(broken)}, which a crash has left, is stale`, (context) => {
    const folder = temporaryFolder(context, { [LOCK]: broken });
    const expected = { name: "an unknown process", dead: true };
    assert.deepEqual(findLock(`file://${folder}`, "whalewatch", "dev"), expected);
  });
}

test("of several locks the one that a living process holds counts", (context) => {
  const lock = (pid: number) => JSON.stringify({ pid, hostname: hostname() });
  const folder = temporaryFolder(context, {
    [LOCK]: lock(deadPid()),
    [LOCK.replace("4a1f", "5b20")]: lock(process.pid),
    [LOCK.replace("4a1f", "6c31")]: "",
  });
  const expected = { name: `process ${process.pid} on ${hostname()}`, dead: false };
  assert.deepEqual(findLock(`file://${folder}`, "whalewatch", "dev"), expected);
});

for (const backend of [undefined, "", "https://api.pulumi.com", "s3://bucket"]) {
  test(`the backend ${String(backend)} keeps its locks elsewhere`, () => {
    assert.equal(findLock(backend, "whalewatch", "dev"), undefined);
  });
}

test("a folder is found as Pulumi finds it: below home, relative, with spaces and with options", (context) => {
  const lock = { pid: 1, hostname: "elsewhere" };
  const home = temporaryFolder(context, {
    [LOCK]: JSON.stringify(lock),
    [`my state/${LOCK}`]: JSON.stringify(lock),
  });
  const homeBefore = process.env["HOME"];
  process.env["HOME"] = home;
  context.after(() => {
    process.env["HOME"] = homeBefore;
  });
  const relative = path.relative(process.cwd(), home);
  for (const backend of [
    "file://~",
    "file://~/",
    "file://~/my state",
    `file://${relative}`,
    `file://./${relative}`,
    `file://${home}/my state`,
    `file://${home}?no_tmp_dir=true`,
  ]) {
    assert.deepEqual(
      findLock(backend, "whalewatch", "dev"),
      { name: "process 1 on elsewhere", dead: false },
      backend,
    );
  }
});
