import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";

/** A program that is interrupted while it works, and then has something to put right. */
const PROGRAM = `
const { interruptible } = require("./cli/interruptible.ts");
const { setTimeout: sleep } = require("node:timers/promises");
interruptible(async (interrupted) => {
  console.log("begun");
  await sleep(60_000, undefined, { signal: interrupted }).catch(() => undefined);
  await sleep(200);
  console.log("put right");
  interrupted.throwIfAborted();
}).catch((error) => console.log(error.name, error.message));`;

function started() {
  const child = spawn(process.execPath, ["--import", "tsx", "--eval", PROGRAM]);
  return { child, said: text(child.stdout), complained: text(child.stderr) };
}

for (const signals of [
  ["SIGINT"],
  ["SIGTERM"],
  ["SIGHUP"],
  ["SIGINT", "SIGINT", "SIGHUP"],
] as const) {
  test(`${signals.join(", ")}: the work puts right what it began, and is told once`, async () => {
    const { child, said, complained } = started();
    await once(child.stdout, "data");
    for (const signal of signals) child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [0, null]);
    assert.equal(await said, "begun\nput right\nUserError Interrupted.\n");
    assert.equal(await complained, "Interrupted: what was begun is put right first.\n");
  });
}
