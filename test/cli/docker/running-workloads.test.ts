import assert from "node:assert/strict";
import { test } from "node:test";
import { runningWorkloads } from "../../../cli/docker/running-workloads";
import type { ListedContainer } from "../../../cli/docker/stack-containers";

const MIB = 1024 * 1024;
const STACK = { project: "whalewatch", name: "dev" };

const container = (name: string, given: Partial<ListedContainer> = {}): ListedContainer => ({
  Id: `${name}-id`,
  Names: [`/whalewatch-dev-${name}`],
  State: "running",
  Status: "Up 2 minutes (healthy)",
  Labels: { "whalewatch.workload": name },
  Ports: [],
  ...given,
});

const measure = (
  containers: readonly ListedContainer[],
  memory: Readonly<Record<string, unknown>>,
) =>
  runningWorkloads(
    {
      listContainers: (options) => {
        const filters = { label: ["whalewatch.stack=whalewatch/dev"] };
        assert.deepEqual(options, { all: true, filters });
        return Promise.resolve(containers);
      },
      getContainer: (id) => ({
        stats: (options) => {
          assert.deepEqual(options, { stream: false });
          return Promise.resolve({ memory_stats: memory[id] ?? memory["*"] });
        },
      }),
    },
    STACK,
  );

for (const [what, stats, used] of [
  ["cgroup v2", { inactive_file: 20 * MIB, file: 30 * MIB }, 80],
  [
    "cgroup v1, where child groups count too",
    { inactive_file: 5 * MIB, total_inactive_file: 20 * MIB },
    80,
  ],
  ["an engine that tells no cache", {}, 100],
  ["a cache above the use, as just after a start", { inactive_file: 200 * MIB }, 100],
] as const) {
  test(`memory is what "docker stats" shows: ${what}`, async () => {
    const memory = { usage: 100 * MIB, limit: 256 * MIB, stats };
    assert.deepEqual(await measure([container("api")], { "*": memory }), [
      { workload: "api", state: "healthy", memoryMiB: used, limitMiB: 256 },
    ]);
  });
}

for (const [status, state] of [
  ["Up 2 minutes (healthy)", "healthy"],
  ["Up 2 minutes (unhealthy)", "unhealthy"],
  ["Up 3 seconds (health: starting)", "starting"],
  ["Up 2 minutes", "running"],
] as const) {
  test(`"${status}" is shown as ${state}`, async () => {
    const memory = { usage: MIB, limit: MIB, stats: {} };
    const [found] = await measure([container("api", { Status: status })], { "*": memory });
    assert.equal(found?.state, state);
  });
}

test("only what runs is shown, by name; replicas each; what stops meanwhile is left out", async () => {
  const containers = [
    container("web"),
    container("web", { Id: "web-2-id" }),
    container("api"),
    container("api", { Id: "carrier", State: "created" }),
    container("gone"),
    container("unlabelled", { Labels: {} }),
  ];
  const memory = { usage: MIB, limit: 2 * MIB, stats: {} };
  const found = await measure(containers, { "*": memory, "gone-id": {} });
  assert.deepEqual(
    found.map(({ workload }) => workload),
    ["api", "unlabelled-id", "web", "web"],
  );
});
