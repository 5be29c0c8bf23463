import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBudget } from "../../model/budget";
import { Size } from "../../model/units/size";
import { projectStack, service, stackFrom } from "../support/stack-settings";

for (const [name, limitsMiB, hostGiB] of [
  ["dev", 2720, 8],
  ["prod", 4640, 16],
] as const) {
  test(`${name} fits its host of ${hostGiB} GiB with limits of ${limitsMiB} MiB`, () => {
    const { workloads, settings } = projectStack(name);
    const budget = memoryBudget(workloads, settings.host.memory);
    assert.equal(budget.limitsMiB, limitsMiB);
    assert.equal(budget.hostMiB, hostGiB * 1024);
  });
}

test("each workload has a line with its replicas counted, the largest first, then by name", () => {
  const limits = { memory: "100Mi", cpu: 1 };
  const { workloads } = stackFrom({
    services: {
      small: service({ limits }),
      beta: service({ limits, replicas: 2 }),
      alpha: service({ limits, replicas: 2 }),
    },
    monitoring: { enabled: false },
  });
  assert.deepEqual(memoryBudget(workloads, Size.parse("1Gi")), {
    limitsMiB: 500,
    hostMiB: 1024,
    lines: [
      { name: "alpha", limitMiB: 200 },
      { name: "beta", limitMiB: 200 },
      { name: "small", limitMiB: 100 },
    ],
  });
});

test("nothing costs nothing", () => {
  assert.deepEqual(memoryBudget([], Size.parse("1Gi")), { limitsMiB: 0, hostMiB: 1024, lines: [] });
});
