import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import type { Stack } from "../../../../model/stack";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import { clusterStack, objectsOf, ofKind, projectCluster } from "../../../support/cluster";
import { Tree } from "../../../support/rendered";
import { service, type Values } from "../../../support/stack-settings";

/** Everything that a stack's roles allow: who, where, what. */
function grants(stack: Stack): string[] {
  return ["Role", "ClusterRole"].flatMap((kind) =>
    ofKind(stack, kind).flatMap(({ name, namespace, tree }) =>
      tree
        .at("rules")
        .list.flatMap((rule) =>
          rule
            .at("resources")
            .list.map((resource) =>
              [
                `${kind} ${namespace}/${name}:`,
                rule.at("verbs").list.map((verb) => verb.text),
                resource.text,
              ].join(" "),
            ),
        ),
    ),
  );
}

const both = (values: Values = {}): Stack =>
  clusterStack({ services: { api: service() }, ...values });
const inTiers = (name: string, tiers: readonly string[], lines: readonly string[]): string[] =>
  tiers.flatMap((tier) => lines.map((line) => `Role whalewatch-test-${tier}/${name}: ${line}`));
const STATE = [
  ...["pods", "resourcequotas", "daemonsets", "deployments"],
  ...["statefulsets", "horizontalpodautoscalers", "cronjobs", "jobs"],
].map((resource) => `list,watch ${resource}`);

test("kube-state-metrics lists what is in the stack's namespaces; Prometheus nodes and their metrics", () => {
  assert.deepEqual(grants(both()), [
    ...inTiers("kube-state-metrics", ["services", "monitoring", "host"], STATE),
    ...inTiers("prometheus", ["host"], ["list,watch pods"]),
    "ClusterRole /whalewatch-test-prometheus: list,watch nodes",
    "ClusterRole /whalewatch-test-prometheus: get nodes/metrics",
  ]);
});

for (const [title, values, expected] of [
  [
    "without the kubelets nothing is granted in the whole cluster",
    { exporters: { kubelet: { enabled: false } } },
    inTiers("kube-state-metrics", ["services", "monitoring", "host"], STATE),
  ],
  [
    "without kube-state-metrics only nodes are read",
    { exporters: { kubeStateMetrics: { enabled: false } }, nodeExporter: { enabled: false } },
    [
      "ClusterRole /whalewatch-test-prometheus: list,watch nodes",
      "ClusterRole /whalewatch-test-prometheus: get nodes/metrics",
    ],
  ],
  ["without monitoring nobody has a right", { monitoring: { enabled: false } }, []],
] as const) {
  test(title, () => {
    assert.deepEqual(grants(both(values)), expected);
  });
}

test("in every stack roles only read, never Secrets or ConfigMaps, and are bound to one account each", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      for (const kind of ["Role", "ClusterRole"]) {
        for (const { name, namespace, tree } of ofKind(stack, kind)) {
          for (const rule of tree.at("rules").list) {
            const words = ["apiGroups", "resources", "verbs"].flatMap((key) =>
              rule.at(key).list.map((entry) => entry.text),
            );
            assert.ok(words.every((word) => !/[*]|secret|configmap|proxy|exec/.test(word)));
            const verbs = rule.at("verbs").list.map((verb) => verb.text);
            assert.ok(verbs.every((verb) => ["get", "list", "watch"].includes(verb)));
          }
          const [binding, ...others] = ofKind(stack, `${kind}Binding`, name).filter(
            (candidate) => candidate.namespace === namespace,
          );
          assert.deepEqual(others, []);
          assert.deepEqual(binding?.tree.at("roleRef").plain, {
            apiGroup: "rbac.authorization.k8s.io",
            kind,
            name,
          });
          const subjects = binding.tree.at("subjects").list;
          assert.equal(subjects.length, 1);
          const [account] = subjects;
          assert.ok(account);
          const accounts = ofKind(stack, "ServiceAccount", account.at("name").text);
          assert.deepEqual(
            accounts.map((one) => one.namespace),
            [account.at("namespace").text],
          );
        }
      }
    }),
    { numRuns: 15 },
  );
});

test("every namespace of the stack is watched, and no other: the program is told those with a role", () => {
  const stack = projectCluster("prod");
  const [command = ""] =
    stack.workloads.find(({ name }) => name === "kube-state-metrics")?.command ?? [];
  const roles = ofKind(stack, "Role", "kube-state-metrics").map(({ namespace }) => namespace);
  const spaces = ofKind(stack, "Namespace").map(({ name }) => name);
  assert.deepEqual([command, roles], [`--namespaces=${spaces.join(",")}`, spaces]);
});

const API = { cidrs: ["10.0.0.2/32", "10.0.0.3/32"], port: 16_443 };
for (const [title, kubernetes, rule] of [
  [
    "where it is not known: any address, on the ports that API servers have",
    {},
    { ports: [443, 6443].map((port) => ({ protocol: "TCP", port })) },
  ],
  [
    "where the settings tell it: there alone",
    { apiServer: API },
    {
      to: API.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
      ports: [{ protocol: "TCP", port: 16_443 }],
    },
  ],
] as const) {
  test(`who reads the cluster may reach the API server ${title}`, () => {
    const stack = both({ kubernetes });
    const egress = (name: string): unknown[] =>
      objectsOf(stack)
        .filter(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === name)
        .flatMap((policy) => Tree.of(policy).at("spec", "egress").list)
        .map(({ plain }) => plain);
    const kubelets = { ports: [{ protocol: "TCP", port: 10_250 }] };
    const has = (name: string, wanted: unknown): boolean =>
      egress(name).some((found) => JSON.stringify(found) === JSON.stringify(wanted));
    assert.deepEqual(
      ["kube-state-metrics", "prometheus", "grafana"].map((name) => [
        has(name, rule),
        has(name, kubelets),
      ]),
      [
        [true, false],
        [true, true],
        [false, false],
      ],
    );
    assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  });
}
