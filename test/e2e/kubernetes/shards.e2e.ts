import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { stringify } from "yaml";
import type { Plan } from "../../../cli/plan/plan";
import { allReady, CLUSTER_STACK, kubectl } from "../support/cluster";
import { eventually, succeeds } from "../support/command";
import { RemoteStore } from "../support/remote-store";
import { SmallStack } from "../support/small-stack";

const NAME = `${CLUSTER_STACK}-shards`;
const SHARDS = 2;
const off = { enabled: false };
const stack = new SmallStack(NAME);
const store = new RemoteStore();

const service = {
  image: "whalewatch/model-api:1.0.0",
  port: 8000,
  limits: { memory: "128Mi", cpu: 0.1 },
};

describe("the targets of a stack, shared among shards", { concurrency: 1 }, () => {
  let plan: Plan;

  before(async () => {
    await store.start();
    const settings = {
      "whalewatch:platform": "kubernetes",
      "whalewatch:kubernetes": { context: "whalewatch" },
      "whalewatch:services": { narwhal: service, orca: service, beluga: service },
      "whalewatch:redis": {},
      "whalewatch:prometheus": {
        shards: SHARDS,
        scrapeInterval: "5s",
        remoteWrite: [{ name: "store", url: store.writeUrl }],
      },
      "whalewatch:alerts": { rules: { TargetDown: { for: "15s" } } },
      "whalewatch:grafana": off,
      "whalewatch:exporters": { kubelet: off, kubeStateMetrics: off },
    };
    stack.declare(stringify(settings, { aliasDuplicateObjects: false }).replace(/^/gm, "  "));
    plan = JSON.parse(await succeeds(stack.whalewatch("plan", "--json"))) as Plan;
    await succeeds(stack.whalewatch("up", "--yes", "--skip-network-probe"));
  });
  after(async () => {
    await stack.remove();
    await store.remove();
  });

  test("every target is up on one shard, every shard has some, and the store knows of all", async () => {
    const jobs = plan.targets.map(({ job, workload }) =>
      job === "prometheus" ? `${workload}:9090` : job,
    );
    await eventually(90, async () => {
      const up = await store.query('up{job!="probe"} == 1');
      const found = up.map(({ labels: { job = "", instance = "" } }) =>
        job === "prometheus" ? instance : job,
      );
      assert.deepEqual(found.sort(), jobs.sort());
      const shards = new Set(up.map(({ labels }) => labels["shard"]));
      assert.deepEqual([...shards].sort(), ["0", "1"]);
    });
    const probes = await store.query("probe_success == 1");
    assert.equal(probes.length, 3);
  });

  test("what a shard records of its own targets reaches the store under its stack's name", async () => {
    await eventually(90, async () => {
      const rates = await store.query("service:http_requests:rate5m");
      assert.deepEqual(
        rates.map(({ labels }) => [labels["service"], labels["environment"]]).sort(),
        ["beluga", "narwhal", "orca"].map((name) => [name, NAME]),
      );
    });
  });

  test("a shard that is gone is told of by the other", async () => {
    const [namespace, gone] = [`whalewatch-${NAME}-monitoring`, "statefulset/prometheus-shard-0"];
    await kubectl("scale", "-n", namespace, gone, "--replicas=0");
    const firing = 'ALERTS{alertname="TargetDown",alertstate="firing"}';
    await eventually(120, async () => {
      const alerts = (await store.query(firing)).map(({ labels }) => labels);
      assert.deepEqual(
        alerts.map(({ instance, shard }) => [instance, shard]),
        [["prometheus-shard-0:9090", "1"]],
      );
    });
    await kubectl("scale", "-n", namespace, gone, "--replicas=1");
    await allReady(90, new Map([["prometheus-shard-0", 1]]), NAME);
  });
});
