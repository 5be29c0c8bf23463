import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterStack, ofKind, podOf, theObject } from "../../../support/cluster";
import { service, type Values } from "../../../support/stack-settings";

const CASES: readonly {
  readonly what: string;
  readonly values: Values;
  readonly budget: boolean;
  /** The Deployment's own number; absent where an autoscaler decides. */
  readonly replicas?: number;
}[] = [
  { what: "one replica", values: {}, budget: false, replicas: 1 },
  { what: "two replicas", values: { replicas: 2 }, budget: true, replicas: 2 },
  { what: "one to one", values: { autoscale: { maxReplicas: 1 } }, budget: false },
  { what: "one to five", values: { autoscale: { maxReplicas: 5 } }, budget: true },
  { what: "two to five", values: { replicas: 2, autoscale: { maxReplicas: 5 } }, budget: true },
];

for (const { what, values, budget, replicas } of CASES) {
  const stack = clusterStack({ services: { api: service(values) } });
  const selector = { matchLabels: theObject(stack, "Service", "api").at("spec", "selector").plain };

  test(`${what}: ${budget ? "drains take one at a time" : "no budget, so that drains go on"}`, () => {
    const budgets = ofKind(stack, "PodDisruptionBudget").map(({ name, tree }) => [
      name,
      tree.at("spec").plain,
    ]);
    const spec = { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector };
    assert.deepEqual(budgets, budget ? [["api", spec]] : []);
  });

  test(`${what}: ${budget ? "spread over zones and nodes, where there are any" : "nothing to spread"}`, () => {
    const pod = podOf(stack, "api");
    const { list: zones } = pod.at("topologySpreadConstraints");
    const nodes = pod.at("affinity", "podAntiAffinity").plain;
    if (!budget) {
      assert.deepEqual([zones, nodes], [[], undefined]);
      return;
    }
    assert.deepEqual(
      zones.map(({ plain }) => plain),
      [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: selector,
        },
      ],
    );
    assert.deepEqual(nodes, {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: selector },
        },
      ],
    });
  });

  test(`${what}: ${replicas === undefined ? "the autoscaler" : "the Deployment"} says how many`, () => {
    const spec = theObject(stack, "Deployment", "api").at("spec");
    assert.equal(spec.at("replicas").plain, replicas);
  });
}

test("no program of the stack has a budget while it has one replica, nor node-exporter ever", () => {
  const stack = clusterStack({ services: {}, postgres: {}, redis: {} });
  assert.deepEqual(ofKind(stack, "PodDisruptionBudget"), []);
});

test("an autoscaler scales the Deployment between its bounds by CPU", () => {
  const autoscale = { maxReplicas: 5, cpuPercent: 60 };
  const stack = clusterStack({
    services: { api: service({ replicas: 2, autoscale }), plain: service() },
  });
  const scalers = ofKind(stack, "HorizontalPodAutoscaler");
  assert.deepEqual(
    scalers.map(({ namespace, name }) => [namespace, name]),
    [["whalewatch-test-services", "api"]],
  );
  assert.deepEqual(scalers[0]?.tree.at("spec").plain, {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "AverageValue", averageValue: "60m" } },
      },
    ],
  });
});
