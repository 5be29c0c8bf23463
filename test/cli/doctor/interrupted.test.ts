import assert from "node:assert/strict";
import { test } from "node:test";
import { fail, ok, warn } from "../../../cli/doctor/diagnosis";
import { checkInterrupted } from "../../../cli/doctor/interrupted";

const DEAD = { name: "process 42 on here", dead: true };
const FIX = "npm run doctor -- --stack dev --fix";
for (const [what, traces, status, left] of [
  ["nothing", {}, "ok", ""],
  ["a lock", { lock: DEAD }, "fail", "the lock of process 42 on here, which is gone"],
  ["one creation", { pendingCreates: 1 }, "fail", "1 unfinished creation in the state"],
  [
    "all of it",
    { lock: DEAD, pendingCreates: 2, leftovers: ["container a", "network b"] },
    "fail",
    "the lock of process 42 on here, which is gone; 2 unfinished creations in the state; container a, network b, not in the state",
  ],
] as const) {
  test(`an interrupted update that left ${what}`, () => {
    const none = { lock: undefined, locksAreSeen: true, pendingCreates: 0, leftovers: [] };
    const found = checkInterrupted({ ...none, ...traces }, "dev", FIX);
    const sentence = `An update was interrupted and left behind: ${left}. Names are taken by that and the next plain pulumi up fails; data is safe.`;
    assert.deepEqual(
      found,
      status === "ok"
        ? ok("update", "none runs, and none was interrupted")
        : fail("update", sentence, FIX),
    );
  });
}

test("an update that runs is a warning, and nothing for --fix", () => {
  const lock = { ...DEAD, dead: false };
  assert.deepEqual(
    checkInterrupted({ lock, locksAreSeen: true, pendingCreates: 0, leftovers: [] }, "dev", FIX),
    warn(
      "update",
      "process 42 on here is updating the stack",
      "Wait for it to end; if that process is gone: npm run pulumi -- cancel --stack dev",
    ),
  );
});

test("where no lock can be seen, an update may run: neither is said for certain", () => {
  const traces = {
    lock: undefined,
    locksAreSeen: false,
    pendingCreates: 1,
    leftovers: ["container a"],
  };
  assert.deepEqual(
    checkInterrupted(traces, "dev", FIX),
    fail(
      "update",
      "An update runs elsewhere, whose lock cannot be seen from here, or one was interrupted and left behind: 1 unfinished creation in the state; container a, not in the state. Data is safe.",
      `If none runs: ${FIX}`,
    ),
  );
  assert.deepEqual(
    checkInterrupted({ ...traces, pendingCreates: 0, leftovers: [] }, "dev", FIX),
    ok("update", "none was interrupted"),
  );
});
