import assert from "node:assert/strict";
import { test } from "node:test";
import type { input } from "@pulumi/kubernetes/types";
import fc from "fast-check";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import type { KubernetesObject } from "../../../../components/platform/kubernetes/kubernetes-object";
import { selectorLabels } from "../../../../components/platform/kubernetes/naming";
import { canReach, networksOf } from "../../../../model/networks";
import type { Workload } from "../../../../model/workload";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import { clusterStack, objectsOf, projectCluster } from "../../../support/cluster";
import { workloadOf } from "../../../support/declared-stack";
import { service } from "../../../support/stack-settings";

const dev = projectCluster("dev");
const objects = objectsOf(dev);

for (const name of ["dev", "prod"] as const) {
  test(`${name}: each pair on each port is open exactly where it is declared, and nothing beside`, () => {
    const stack = projectCluster(name);
    assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  });
}

test("in every stack the policies say exactly what is declared", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
    }),
    { numRuns: 25 },
  );
});

test("a service is reached through the route on its first port, and only where it has a host", () => {
  const controllerNamespace = "ingress-nginx";
  const stack = clusterStack({
    services: { open: service({ host: "open.example.com" }), closed: service() },
    kubernetes: { route: { kind: "ingress", className: "nginx", controllerNamespace } },
  });
  assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
});

test("who needs a worker without a port opens nothing to it", () => {
  const worker = { image: "example/worker:1.0.0", kind: "worker", health: false, metrics: false };
  const stack = clusterStack({
    services: {
      queue: { ...worker, limits: { memory: "64Mi", cpu: 0.1 } },
      api: service({ needs: ["queue"] }),
    },
  });
  assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
});

test("a service called deny-all does not take the place of the policy that closes its tier", () => {
  const stack = clusterStack({ services: { "deny-all": service() } });
  assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
});

const DNS_RULE = { ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })) };

/** What a careless change would do, and what the proof says of it. */
const CARELESS: readonly {
  readonly change: string;
  readonly after: readonly KubernetesObject[];
  readonly says: RegExp;
}[] = [
  {
    change: "redis' policy is left out",
    after: objects.filter((o) => o.kind !== "NetworkPolicy" || o.metadata.name !== "redis"),
    says: /^efficientnet-v1 to redis on TCP 6379 is closed, and it is declared$/m,
  },
  {
    change: "all policies are left out",
    after: objects.filter(({ kind }) => kind !== "NetworkPolicy"),
    says: /^grafana to postgres on TCP 5432 is open, and nothing declares it$/m,
  },
  {
    change: "a rule lets a whole namespace in",
    after: changePolicies("postgres", { ingress: [{}] }),
    says: /^a pod of another namespace to postgres on TCP 5432 is open, and nothing declares it$/m,
  },
  {
    change: "egress is open to every address",
    after: changePolicies("efficientnet-v1", { egress: [{}] }),
    says: /^efficientnet-v1 to 169\.254\.169\.254 on TCP 443 is open, and nothing declares it$/m,
  },
  {
    change: "who reads no cluster may reach its API",
    after: changePolicies("grafana", {
      egress: [{ ports: [{ protocol: "TCP", port: 6443 }] }, DNS_RULE],
    }),
    says: /^grafana to 10\.0\.0\.1 on TCP 6443 is open, and nothing declares it$/m,
  },
  {
    change: "who reads the cluster may not",
    after: changePolicies("kube-state-metrics", { egress: [DNS_RULE] }),
    says: /^kube-state-metrics to 10\.0\.0\.1 on TCP 443 is closed, and it is declared$/m,
  },
  {
    change: "DNS is forgotten",
    after: changePolicies("postgres", { egress: [] }),
    says: /^postgres to 10\.96\.0\.10 on UDP 53 is closed, and it is declared$/m,
  },
];

/** The objects of dev with other rules for one workload. */
function changePolicies(
  name: string,
  rules: Pick<input.networking.v1.NetworkPolicySpec, "ingress" | "egress">,
): KubernetesObject[] {
  const podSelector = { matchLabels: selectorLabels(dev, workloadOf(dev, name)) };
  const spec = { podSelector, policyTypes: ["Ingress", "Egress"], ...rules };
  return objects.map((object) =>
    object.kind === "NetworkPolicy" && object.metadata.name === name ? { ...object, spec } : object,
  );
}

for (const { change, after, says } of CARELESS) {
  test(`the proof finds it when ${change}`, () => {
    assert.match(connectionFaults(dev, after).join("\n"), says);
  });
}

const declared = (from: Workload, to: Workload): boolean =>
  from === to || from.connects.includes(to.name);

test("where Docker is wider than Kubernetes in dev: x declared, d on Docker alone", () => {
  const { workloads } = dev;
  const rows = workloads.map((from) => {
    const cells = workloads.map((to) => {
      if (declared(from, to)) return "x";
      return canReach(from, to, workloads) ? "d" : ".";
    });
    return `${cells.join("")} ${from.name}`;
  });
  assert.deepEqual(rows, [
    // Answers to a client need a way back, which on a bridge is a way to open connections too.
    "x.ddd.d...... postgres",
    ".xddd..d..... redis",
    // Whoever is on the services' network, or shares a store with the service.
    "xxxdd.ddd..d. efficientnet-v1",
    "xxdxd.ddd..d. efficientnet-v2",
    "xxddx.ddd..d. resnet-v1",
    // What watches is on one network.
    ".....xdd.dddd node-exporter",
    "x.ddddxd.dddd postgres-exporter",
    ".xdddddx.dddd redis-exporter",
    "..xxx...x..d. blackbox-exporter",
    ".....ddd.xddd kube-state-metrics",
    ".....ddd.dxdd alertmanager",
    "..xxxxxxxxxxx prometheus",
    ".....ddd.ddxx grafana",
  ]);
});

/** One that listens: what does not cannot be reached, whoever sees it. */
const isStore = ({ role, ports }: Workload): boolean => role === "store" && ports.length > 0;

test("whatever Docker opens beside the declaration goes over one network that both are on", () => {
  fc.assert(
    fc.property(clusterStacks, ({ workloads }) => {
      const networks = networksOf(workloads);
      for (const from of workloads) {
        for (const to of workloads) {
          if (declared(from, to) || !canReach(from, to, workloads)) continue;
          assert.ok(!isStore(to));
          const shared = networks.filter(({ members }) =>
            [from, to].every(({ name }) => members.includes(name)),
          );
          assert.ok(shared.length > 0, `${from.name} to ${to.name}`);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test("on Docker nobody reaches a store that does not need it, in any stack", () => {
  fc.assert(
    fc.property(clusterStacks, ({ workloads }) => {
      for (const to of workloads.filter(isStore)) {
        for (const from of workloads) {
          assert.equal(
            canReach(from, to, workloads),
            declared(from, to),
            `${from.name} to ${to.name}`,
          );
        }
      }
    }),
    { numRuns: 25 },
  );
});
