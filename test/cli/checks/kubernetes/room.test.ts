import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCapacity } from "../../../../cli/checks/kubernetes/capacity";
import { checkQuotas } from "../../../../cli/checks/kubernetes/quotas";
import { ApiError } from "../../../../cli/kubernetes/api/cluster-api";
import { stackObjects } from "../../../../cli/kubernetes/stack-objects";
import { declareCluster } from "../../kubernetes/cluster-stack";
import { FakeCluster, list } from "../../kubernetes/fake-cluster";

// Two pods of 512 MiB and 200m, one of 256 MiB and 100m: 1280 MiB and 500m.
const { objects, controllers, namespaces } = stackObjects(declareCluster());

const node = (name: string, memory: string, cpu: string, spec: object = {}) => ({
  metadata: { name },
  spec,
  status: { allocatable: { memory, cpu } },
});
const otherPod = (namespace: string, nodeName: string, memory: string) => ({
  metadata: { namespace },
  spec: { nodeName, containers: [{ resources: { requests: { memory, cpu: "100m" } } }, {}] },
});

const capacity = (nodes: readonly object[], pods: readonly object[] | ApiError = []) =>
  checkCapacity(
    new FakeCluster({
      "/api/v1/nodes": list(...nodes),
      "/api/v1/pods": pods instanceof ApiError ? pods : list(...pods),
    }),
    controllers,
    namespaces,
  );

test("nodes with exactly enough room are no obstacle", async () => {
  assert.deepEqual(await capacity([node("n1", "1280Mi", "500m")]), []);
  assert.deepEqual(await capacity([node("n1", "640Mi", "0.25"), node("n2", "640Mi", "0.25")]), []);
});

test("too little is told with every number", async () => {
  const pods = [
    otherPod("elsewhere", "n1", "100Mi"),
    otherPod("whalewatch-try-services", "n1", "512Mi"),
    otherPod("elsewhere", "unknown", "700Mi"),
  ];
  assert.deepEqual(await capacity([node("n1", "1379Mi", "599m")], pods), [
    {
      problem:
        "The stack's pods request 1280 MiB of memory, and the cluster's 1 node has 1279 MiB left (1379 allocatable, 100 requested by other pods).",
      remedy: "Lower limits.memory or replicas, or add a node.",
    },
    {
      problem:
        "The stack's pods request 500m of CPU, and the cluster's 1 node has 499m left (599 allocatable, 100 requested by other pods).",
      remedy: "Lower limits.cpu or replicas, or add a node.",
    },
  ]);
});

test("a pod that fits no single node is told, however many nodes there are", async () => {
  const nodes = ["n1", "n2", "n3"].map((name) => node(name, "500Mi", "1"));
  assert.deepEqual(await capacity(nodes), [
    {
      problem: "A pod of api requests 512 MiB of memory, and the largest node has 500 MiB.",
      remedy: "Lower the limits.memory of api, or add a larger node.",
    },
  ]);
});

test("nodes that take no pods do not count", async () => {
  const closed = [
    node("cordoned", "9Gi", "9", { unschedulable: true }),
    node("control", "9Gi", "9", { taints: [{ effect: "NoSchedule" }] }),
    node("small", "640Mi", "1", { taints: [{ effect: "PreferNoSchedule" }] }),
  ];
  const problems = (await capacity(closed)).map(({ problem }) => problem);
  assert.deepEqual(problems.length, 1);
  assert.match(problems.join(), /the cluster's 1 node has 640 MiB left/);
});

test("who may not see nodes or other pods is told nothing, or only what is sure", async () => {
  const forbidden = new ApiError("forbidden", 403);
  const hidden = new FakeCluster({ "/api/v1/nodes": forbidden });
  assert.deepEqual(await checkCapacity(hidden, controllers, namespaces), []);
  assert.deepEqual(await capacity([node("n1", "1280Mi", "500m")], forbidden), []);
});

const quota = (name: string, hard: Readonly<Record<string, string>>) => ({
  metadata: { name },
  spec: { hard },
});
const quotas = (...items: readonly object[]) =>
  checkQuotas(
    new FakeCluster({
      "/api/v1/namespaces/whalewatch-try-services/resourcequotas": list(...items),
    }),
    controllers,
    objects,
  );

test("a quota of somebody else that is too small is told for each resource", async () => {
  const small = {
    ...{ "limits.memory": "1Gi", "requests.cpu": "0.399", pods: "1" },
    ...{ "requests.memory": "512Mi", "count/secrets": "0", "limits.cpu": "2" },
  };
  const found = await quotas(quota("team", small));
  assert.deepEqual(
    found.map(({ problem }) => problem),
    [
      "The quota team allows 399m of requests.cpu in whalewatch-try-services, and the stack needs 400m.",
      "The quota team allows 1 of pods in whalewatch-try-services, and the stack needs 2.",
      "The quota team allows 512 MiB of requests.memory in whalewatch-try-services, and the stack needs 1024 MiB.",
    ],
  );
});

test("a quota that is large enough is none, nor is the stack's own, which an update corrects", async () => {
  assert.deepEqual(await quotas(quota("team", { pods: "2" }), quota("budget", { pods: "1" })), []);
});
