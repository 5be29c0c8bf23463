import assert from "node:assert/strict";
import { test } from "node:test";
import { unwellWorkloads } from "../../../cli/platforms/unwell";

for (const [name, running, problems] of [
  [
    "all well",
    [
      ["api", "healthy"],
      ["worker", "running"],
    ],
    [],
  ],
  ["one absent", [["api", "healthy"]], ["worker is not running."]],
  [
    "one of two replicas unwell",
    [
      ["api", "healthy"],
      ["api", "starting"],
      ["worker", "running"],
    ],
    ["api is starting."],
  ],
] satisfies [string, [string, string][], string[]][]) {
  test(`${name}: ${problems.join(" ") || "nothing is in the way"}`, async () => {
    const workloads = [{ name: "api" }, { name: "worker" }];
    const obstacles = await unwellWorkloads(workloads, {
      wellWord: "healthy",
      running: () =>
        Promise.resolve(
          running.map(([workload, state]) => ({
            ...{ workload, state },
            ...{ memoryMiB: 1, limitMiB: 1 },
          })),
        ),
    });
    assert.deepEqual(
      obstacles.map(({ problem }) => problem),
      problems,
    );
  });
}
