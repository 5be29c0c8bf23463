import assert from "node:assert/strict";
import { test } from "node:test";
import { allows, type PodEnd, readNetworkPolicy } from "../../../../model/reachability";
import { clusterStack, ofKind } from "../../../support/cluster";
import { service } from "../../../support/stack-settings";

const route = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
const stackWith = (changes: object) =>
  clusterStack({
    services: { api: service({ host: "api.example.com" }) },
    redis: {},
    kubernetes: { route: { ...route, ...changes } },
  });

const pod = (namespace: string, labels: Record<string, string> = {}): PodEnd => ({
  namespace,
  namespaceLabels: { "kubernetes.io/metadata.name": namespace },
  labels,
  address: "10.244.9.9",
});
const solver = (tier: string): PodEnd =>
  pod(`whalewatch-test-${tier}`, { "acme.cert-manager.io/http01-solver": "true" });
const controller = pod("ingress-nginx");

/** Whether the stack's policies let one pod connect to another. */
function reaches(changes: object, from: PodEnd, to: PodEnd, port = 8089): boolean {
  const policies = ofKind(stackWith(changes), "NetworkPolicy").map(({ tree }) =>
    readNetworkPolicy(tree.plain),
  );
  return allows(policies, { from, to, protocol: "TCP", port });
}

const ISSUER = { clusterIssuer: "letsencrypt" };

test("the route's controller reaches cert-manager's solver beside what has a host", () => {
  assert.equal(reaches(ISSUER, controller, solver("services")), true);
});

for (const [what, open] of [
  ["on another port", () => reaches(ISSUER, controller, solver("services"), 8000)],
  ["from another namespace", () => reaches(ISSUER, pod("elsewhere"), solver("services"))],
  ["in a tier where nothing has a host", () => reaches(ISSUER, controller, solver("stores"))],
  ["without an issuer", () => reaches({ tlsSecret: "wild" }, controller, solver("services"))],
  ["that is no solver", () => reaches(ISSUER, controller, pod("whalewatch-test-services"))],
  ["from the solver outwards", () => reaches(ISSUER, solver("services"), controller)],
] as const) {
  test(`nothing else is opened: a pod ${what}`, () => assert.equal(open(), false));
}
