import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { containerCommand } from "../../../../components/platform/docker/schedule";
import { Duration } from "../../../../model/units/duration";
import { TimeOfDay } from "../../../../model/units/time-of-day";
import { declareStack, workloadOf } from "../../../support/declared-stack";
import { temporaryFolder } from "../../../support/temporary-folder";

const backup = workloadOf(declareStack({ postgres: { backup: {} } }), "postgres-backup");

test("what runs all the time has its own command, or the image's", () => {
  const stack = declareStack({ postgres: {}, redis: {} });
  assert.equal(containerCommand(workloadOf(stack, "redis"))?.[0], "redis-server");
  assert.equal(containerCommand(workloadOf(stack, "alertmanager"))?.[0]?.[0], "-");
});

/** The loop with a clock that a run of `sleep` puts forward, ended by a run's own exit. */
function runs(times: number, from: string, command: readonly string[]): string {
  const schedule = { every: Duration.parse("6h"), at: TimeOfDay.parse("02:30") };
  const [shell = "", ...args] = containerCommand({ ...backup, schedule, command }) ?? [];
  const folder = temporaryFolder({ after });
  const clock = path.join(folder, "clock");
  const tool = (name: string, body: string): void => {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(folder, name), 0o755);
  };
  writeFileSync(clock, String(Date.parse(from) / 1000));
  tool("date", `cat '${clock}'`);
  // A machine that slept: the clock leaps.
  tool(
    "sleep",
    `echo $(($(cat '${clock}') + 3600)) >'${clock}.new' && mv '${clock}.new' '${clock}'`,
  );
  const count = path.join(folder, "count");
  tool(
    "timeout",
    `echo "run at $(cat '${clock}') for $1 s: $2"; echo x >>'${count}'
if [ "$(wc -l <'${count}')" -ge ${times} ]; then kill $PPID; fi
shift; "$@"`,
  );
  const env = { PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  const { stdout, stderr } = spawnSync(shell, args, { encoding: "utf8", env, timeout: 20_000 });
  return stdout + stderr;
}

const unix = (time: string): number => Date.parse(time) / 1000;

test("a container waits for the next time, and a failed run leaves the next one its turn", () => {
  const output = runs(2, "2026-05-01T03:00:00Z", ["false"]);
  assert.deepEqual(
    output.split("\n").filter((line) => line.startsWith("next run")),
    [
      `next run at ${unix("2026-05-01T08:30:00Z")} (Unix time)`,
      `next run at ${unix("2026-05-01T14:30:00Z")} (Unix time)`,
    ],
  );
  // The clock leaps an hour at a time, so each run is late by half of one.
  assert.match(output, new RegExp(`run at ${unix("2026-05-01T09:00:00Z")} for 10800 s: false`));
  assert.match(output, new RegExp(`run at ${unix("2026-05-01T15:00:00Z")} for 10800 s: false`));
  assert.match(output, /the run failed with exit code 1/);
});
