import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { shardView } from "../../model/shard-view";
import { shardOf } from "../../model/shard-of";
import { findWorkload, type Stack } from "../../model/stack";
import { shardIndex } from "../../model/workloads/prometheus";
import { sharded } from "../support/sharded";
import { service } from "../support/stack-settings";

test("a name's shard is what Prometheus' own hashmod gives (model/relabel/relabel_test.go)", () => {
  assert.equal(shardOf("baz", 1000), 976);
  assert.equal(shardOf("foo\nbar", 1000), 734);
  assert.equal(shardOf("foo", 1), 0);
});

const shardsOf = ({ workloads }: Stack): string[] =>
  workloads.filter(({ name }) => name.startsWith("prometheus")).map(({ name }) => name);

for (let shards = 1; shards <= 5; shards += 1) {
  describe(`${shards} shards`, () => {
    const stack = sharded(shards);

    test("run under names of their own, and one under the usual one", () => {
      const names = Array.from({ length: shards }, (_, shard) => `prometheus-shard-${shard}`);
      assert.deepEqual(shardsOf(stack), shards === 1 ? ["prometheus"] : names);
    });

    test("every target and every probe is of exactly one shard, and all of them of some", () => {
      const views = Array.from({ length: shards }, (_, shard) => shardView(stack, shard));
      const seen = views.flatMap(({ targets }) => targets.map(({ workload }) => workload));
      assert.deepEqual(seen.toSorted(), stack.targets.map(({ workload }) => workload).toSorted());
      assert.equal(new Set(seen).size, seen.length);
      const probed = views.flatMap(({ probes }) => probes.map(({ workload }) => workload));
      assert.deepEqual(probed.toSorted(), stack.probes.map(({ workload }) => workload).toSorted());
    });

    test("a service's scrape and probe are of the same shard, so that its series are together", () => {
      for (const probe of stack.probes) {
        const target = stack.targets.find(({ workload }) => workload === probe.workload);
        assert.equal(target?.shard, probe.shard, probe.workload);
      }
    });

    test("a shard connects to what it scrapes, to the prober and to Alertmanager, and nowhere else", () => {
      for (const name of shardsOf(stack)) {
        const shard = shardIndex(name) ?? 0;
        const view = shardView(stack, shard);
        const expected = new Set([
          ...view.targets.map(({ workload }) => workload),
          ...(view.probes.length > 0 ? ["blackbox-exporter"] : []),
          "alertmanager",
        ]);
        expected.delete(name);
        assert.deepEqual(findWorkload(stack, name)?.connects.toSorted(), [...expected].toSorted());
      }
    });

    test("each shard is watched by another", () => {
      for (const { workload, shard, job } of stack.targets) {
        const own = shardIndex(workload);
        if (own === undefined) continue;
        assert.equal(job, "prometheus");
        assert.equal(shard, (own + 1) % shards);
      }
    });
  });
}

test("a new service moves no other one to another shard", () => {
  const before = sharded(3).targets;
  const after = sharded(3, { extra: service() }).targets;
  for (const { workload, shard } of before) {
    assert.equal(after.find((target) => target.workload === workload)?.shard, shard);
  }
});

test("shards in pairs: each is twice, and still scraped by another shard alone", () => {
  const stack = sharded(2, {}, { replicas: 2 });
  assert.deepEqual(
    stack.workloads.filter(({ replicas }) => replicas === 2).map(({ name }) => name),
    ["prometheus-shard-0", "prometheus-shard-1"],
  );
  assert.equal(
    findWorkload(stack, "prometheus-shard-0")?.connects.includes("prometheus-shard-0"),
    false,
  );
});

test("Grafana asks the store and no shard; the way there is open and no other", () => {
  const grafana = findWorkload(sharded(3), "grafana");
  assert.deepEqual(grafana?.connects, []);
  assert.equal(grafana.internet, false);
  assert.deepEqual(grafana.outside, [{ host: "mimir.metrics.svc", port: 8080 }]);
});
