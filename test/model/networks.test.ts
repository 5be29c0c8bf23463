import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canReach, joinedNetworks, networksOf } from "../../model/networks";
import { resolveStack } from "../../model/resolve-stack";
import type { Workload } from "../../model/workload";
import { validSettings } from "../support/arbitrary-settings";
import { projectStack, service, settingsFrom, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");
const stores = (workloads: readonly Workload[]): readonly Workload[] =>
  workloads.filter(({ role }) => role === "store");

test("dev has a network for each store, one for the services and one for what watches", () => {
  assert.deepEqual(networksOf(dev.workloads), [
    {
      name: "monitoring",
      members: [
        ...["node-exporter", "postgres-exporter", "redis-exporter"],
        ...["alertmanager", "prometheus", "grafana"],
      ],
    },
    {
      name: "postgres",
      members: [
        ...["postgres", "efficientnet-v1", "efficientnet-v2", "resnet-v1"],
        "postgres-exporter",
      ],
    },
    {
      name: "redis",
      members: [...["redis", "efficientnet-v1", "efficientnet-v2", "resnet-v1"], "redis-exporter"],
    },
    {
      name: "services",
      members: [
        ...["efficientnet-v1", "efficientnet-v2", "resnet-v1"],
        ...["blackbox-exporter", "prometheus"],
      ],
    },
  ]);
});

test("who reaches whom in dev, the whole matrix", () => {
  const names = dev.workloads.map(({ name }) => name);
  const matrix = dev.workloads.map((from) =>
    dev.workloads.map((to) => (canReach(from, to, dev.workloads) ? "x" : ".")).join(""),
  );
  assert.deepEqual(
    names.map((name, index) => `${matrix[index] ?? ""} ${name}`),
    [
      "x.xxx.x..... postgres",
      ".xxxx..x.... redis",
      "xxxxx.xxx.x. efficientnet-v1",
      "xxxxx.xxx.x. efficientnet-v2",
      "xxxxx.xxx.x. resnet-v1",
      ".....xxx.xxx node-exporter",
      "x.xxxxxx.xxx postgres-exporter",
      ".xxxxxxx.xxx redis-exporter",
      "..xxx...x.x. blackbox-exporter",
      ".....xxx.xxx alertmanager",
      "..xxxxxxxxxx prometheus",
      ".....xxx.xxx grafana",
    ],
  );
});

test("a store is reached by those who declare the need, and by nobody else", () => {
  const { workloads } = stackFrom({
    services: {
      reader: service({ needs: ["postgres"] }),
      cacher: service({ needs: ["redis"] }),
      both: service({ needs: ["postgres", "redis"] }),
      neither: service({ needs: ["reader"] }),
    },
    postgres: {},
    redis: {},
  });
  const reachers = (store: Workload): string[] =>
    workloads
      .filter((from) => from !== store && canReach(from, store, workloads))
      .map((w) => w.name);
  assert.deepEqual(
    stores(workloads).map((store) => [store.name, reachers(store)]),
    [
      ["postgres", ["reader", "both", "postgres-exporter"]],
      ["redis", ["cacher", "both", "redis-exporter"]],
    ],
  );
});

test("a workload is on its own network first, then on those of its peers, each once", () => {
  const prometheus = dev.workloads.find(({ name }) => name === "prometheus");
  assert.ok(prometheus);
  assert.deepEqual(joinedNetworks(prometheus, dev.workloads), ["monitoring", "services"]);
});

test("in every stack each declared connection is open, and a store's only to who declared it", () => {
  fc.assert(
    fc.property(validSettings, ({ raw }) => {
      const { workloads } = resolveStack("whalewatch", "test", settingsFrom(raw));
      for (const from of workloads) {
        for (const to of workloads) {
          const declared = from.connects.includes(to.name);
          if (declared) assert.ok(canReach(from, to, workloads), `${from.name} to ${to.name}`);
          // A store that listens on nothing cannot be reached, whoever sees it.
          if (to.role !== "store" || to.ports.length === 0 || from === to) continue;
          assert.equal(canReach(from, to, workloads), declared, `${from.name} to ${to.name}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("in every stack a network's members are workloads, each named once, its owner among them", () => {
  fc.assert(
    fc.property(validSettings, ({ raw }) => {
      const { workloads } = resolveStack("whalewatch", "test", settingsFrom(raw));
      const names = workloads.map(({ name }) => name);
      const networks = networksOf(workloads);
      assert.equal(new Set(networks.map(({ name }) => name)).size, networks.length);
      for (const { name, members } of networks) {
        assert.equal(new Set(members).size, members.length);
        assert.ok(members.every((member) => names.includes(member)));
        assert.ok(workloads.some((workload) => workload.network === name));
      }
    }),
    { numRuns: 40 },
  );
});
