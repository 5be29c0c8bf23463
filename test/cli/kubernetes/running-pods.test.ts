import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../cli/kubernetes/api/cluster-api";
import { runningPods } from "../../../cli/kubernetes/running-pods";
import { type Answer, FakeCluster, list } from "./fake-cluster";
import { NAMESPACE, pod } from "./pod";

const STACK = { project: "whalewatch", name: "try" };
const MIB = 1024 * 1024;
const PODS = list(
  pod({ name: "web-1", workload: "web", node: "n2", waiting: { reason: "ImagePullBackOff" } }),
  pod({ name: "api-1", workload: "api", node: "n1", readyAfter: 3, limit: "128Mi" }),
  pod({ name: "old", workload: "api", node: "n1", readyAfter: 3, deleted: true }),
  pod({ name: "job-1", workload: "job", phase: "Pending" }),
  pod({ name: "slow-1", workload: "slow", node: "n1" }),
);
const METRICS = `/apis/metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/pods`;
const SUMMARY = "/api/v1/nodes/n1/proxy/stats/summary";
const usage = (memory: string) => ({
  metadata: { name: "api-1" },
  containers: [{ usage: { memory } }, { usage: { memory: "1Mi" } }],
});
const summary = {
  pods: [
    {
      podRef: { name: "api-1", namespace: NAMESPACE },
      containers: [{ memory: { workingSetBytes: 40 * MIB } }],
    },
    { podRef: { name: "slow-1", namespace: NAMESPACE }, containers: [{}] },
  ],
};

const measure = async (answers: Readonly<Record<string, Answer>>) => {
  const api = new FakeCluster({ [`/api/v1/namespaces/${NAMESPACE}/pods`]: PODS, ...answers });
  return (await runningPods(api, STACK, [NAMESPACE])).map(
    ({ workload, state, memoryMiB, limitMiB }) => [workload, state, memoryMiB, limitMiB],
  );
};

for (const [what, answers, memory] of [
  ["the metrics API", { [METRICS]: list(usage("31Mi")), [SUMMARY]: summary }, 32],
  ["the nodes where there is no metrics API", { [SUMMARY]: summary }, 40],
  [
    "the nodes where the metrics API is broken",
    { [METRICS]: new ApiError("unavailable", 503), [SUMMARY]: summary },
    40,
  ],
  ["nobody who may tell", { [SUMMARY]: new ApiError("forbidden", 403) }, undefined],
] as const) {
  test(`each pod has its state and limit, and its memory from ${what}`, async () => {
    assert.deepEqual(await measure(answers), [
      ["api", "ready", memory, 128],
      ["job", "Pending", undefined, undefined],
      ["slow", "not ready", undefined, undefined],
      ["web", "ImagePullBackOff", undefined, undefined],
    ]);
  });
}
