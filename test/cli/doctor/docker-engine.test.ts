import assert from "node:assert/strict";
import { test } from "node:test";
import { ok } from "../../../cli/doctor/diagnosis";
import { diagnoseEngine } from "../../../cli/doctor/docker-engine";

const NOW = Date.parse("2026-11-27T01:00:00Z");
const INFO = {
  ...{ CgroupVersion: "2", MemoryLimit: true, SwapLimit: true, CpuCfsQuota: true },
  ...{ DockerRootDir: "/var/lib/docker", SystemTime: "2026-11-27T01:00:00.5Z" },
};
const VERSION = { Version: "27.1.1", ApiVersion: "1.46" };
const engine = (given: { info?: object; version?: object; free?: number; elsewhere?: boolean }) =>
  diagnoseEngine(
    {
      info: () => Promise.resolve({ ...INFO, ...given.info }),
      version: () => Promise.resolve({ ...VERSION, ...given.version }),
    },
    {
      now: () => NOW,
      free: () => given.free ?? 9000,
      engineElsewhere: given.elsewhere ?? false,
    },
  );

test("an engine that is well", async () => {
  assert.deepEqual(await engine({}), [
    ok("engine", "Docker 27.1.1, API 1.46"),
    ok("limits", "cgroup v2: memory, swap and CPU can be limited"),
    ok("engine's disk", "9000 MiB are free in /var/lib/docker"),
    ok("clock", "the engine's agrees with this machine's"),
  ]);
});

for (const [what, given, expected] of [
  [
    "old",
    { version: { ApiVersion: "1.40" } },
    "fail engine: Docker 27.1.1, API 1.40; 1.41 is needed",
  ],
  [
    "without limits",
    { info: { MemoryLimit: false, CpuCfsQuota: false } },
    "fail limits: cgroup v2: memory and CPU cannot be limited",
  ],
  [
    "without limits of swap",
    { info: { CgroupVersion: "1", SwapLimit: false } },
    "warn limits: cgroup v1: swap cannot be limited, so a container may use more than its memory",
  ],
  ["full", { free: 1023 }, "fail engine's disk: 1023 MiB are free in /var/lib/docker"],
  ["nearly full", { free: 1024 }, "warn engine's disk: 1024 MiB are free in /var/lib/docker"],
  [
    "slow",
    { info: { SystemTime: "2026-11-27T00:59:58Z" } },
    "warn clock: the engine's is 2 s behind this machine's",
  ],
  [
    "in another hour",
    { info: { SystemTime: "2026-11-27T03:00:00+01:00" } },
    "fail clock: the engine's is 3600 s ahead of this machine's",
  ],
] as const) {
  test(`an engine that is ${what}`, async () => {
    const found = (await engine(given)).filter(({ status }) => status !== "ok");
    assert.deepEqual(
      found.map((one) => `${one.status} ${one.what}: ${one.found}`),
      [expected],
    );
  });
}

test("an engine elsewhere is not asked for space here", async () => {
  const found = await engine({ elsewhere: true, free: 0 });
  assert.deepEqual(
    found[2],
    ok("engine's disk", "/var/lib/docker is on another machine, whose space is not seen"),
  );
});
