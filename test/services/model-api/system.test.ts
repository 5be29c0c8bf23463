import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { CpuMeter } from "../../../services/model-api/src/system/cpu-meter.js";
import { readCpuCores } from "../../../services/model-api/src/system/read-cpu-cores.js";
import { readMemoryUsage } from "../../../services/model-api/src/system/read-memory-usage.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

/** A control group file system with the given files. */
function cgroup(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder({ after });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const limited = { limitBytes: 1000, usedBytes: 600, availableBytes: 400, percent: 60 };

test("memory is measured against a version 2 limit, without inactive page cache", async () => {
  const root = cgroup({
    "memory.max": "1000\n",
    "memory.current": "850\n",
    "memory.stat": "anon 500\ninactive_file 250\nactive_file 100\n",
  });
  assert.deepEqual(await readMemoryUsage(root), limited);
});

test("memory is measured against a version 1 limit", async () => {
  const root = cgroup({
    "memory/memory.limit_in_bytes": "1000\n",
    "memory/memory.usage_in_bytes": "850\n",
    "memory/memory.stat": "inactive_file 1\ntotal_inactive_file 250\n",
  });
  assert.deepEqual(await readMemoryUsage(root), limited);
});

for (const [what, files] of [
  ["no control groups", {}],
  ["version 2 without a limit", { "memory.max": "max\n", "memory.current": "5\n" }],
  [
    "version 1 without a limit",
    {
      "memory/memory.limit_in_bytes": "9223372036854771712\n",
      "memory/memory.usage_in_bytes": "5\n",
    },
  ],
] as const) {
  test(`memory is the host's with ${what}`, async () => {
    const usage = await readMemoryUsage(cgroup(files));
    assert.equal(usage.limitBytes, totalmem());
    assert.ok(usage.percent > 0 && usage.percent < 100);
  });
}

test("the CPU quota counts where there is one, else the host's cores", async () => {
  assert.equal(await readCpuCores(cgroup({ "cpu.max": "50000 100000\n" })), 0.5);
  const v1 = { "cpu/cpu.cfs_quota_us": "25000\n", "cpu/cpu.cfs_period_us": "100000\n" };
  assert.equal(await readCpuCores(cgroup(v1)), 0.25);
  const hostCores = availableParallelism();
  const unlimited = { ...v1, "cpu/cpu.cfs_quota_us": "-1\n" };
  assert.equal(await readCpuCores(cgroup({ "cpu.max": "max 100000\n" })), hostCores);
  assert.equal(await readCpuCores(cgroup(unlimited)), hostCores);
  assert.equal(await readCpuCores(cgroup({})), hostCores);
});

test("CPU use is measured over the time since the last reading", () => {
  const meter = new CpuMeter(1);
  assert.equal(meter.read(), 0);
  const end = performance.now() + 300;
  while (performance.now() < end);
  const busy = meter.read();
  assert.ok(busy > 5 && busy <= 100, `${busy} %`);
  assert.equal(meter.read(), busy);
});
