import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterStack, ofKind, plainObjects } from "../../../support/cluster";
import { service } from "../../../support/stack-settings";

const services = {
  api: service({ host: "api.example.com", port: 8123 }),
  hidden: service(),
};
const ingress = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
const gateway = {
  kind: "gateway",
  name: "public",
  namespace: "edge",
  controllerNamespace: "envoy-gateway",
};
const backend = { service: { name: "api", port: { number: 8123 } } };
const rules = [
  { host: "api.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } },
];

for (const [what, route, kind, spec] of [
  ["an Ingress", ingress, "Ingress", { ingressClassName: "nginx", rules }],
  [
    "an Ingress with a certificate",
    { ...ingress, tlsSecret: "wildcard" },
    "Ingress",
    {
      ingressClassName: "nginx",
      tls: [{ hosts: ["api.example.com"], secretName: "wildcard" }],
      rules,
    },
  ],
  [
    "an HTTPRoute",
    gateway,
    "HTTPRoute",
    {
      parentRefs: [{ name: "public", namespace: "edge" }],
      hostnames: ["api.example.com"],
      rules: [{ backendRefs: [{ name: "api", port: 8123 }] }],
    },
  ],
] as const) {
  test(`a service with a host gets ${what}, and no other does`, () => {
    const stack = clusterStack({ services, kubernetes: { route } });
    const found = plainObjects(stack).filter((one) => /Ingress|HTTPRoute/.test(one.kind));
    assert.deepEqual(
      found.map((one) => [one.kind, one.namespace, one.name, one.tree.at("spec").plain]),
      [[kind, "whalewatch-test-services", "api", spec]],
    );
  });
}

test("without a host there is no route, whatever the cluster offers", () => {
  const stack = clusterStack({ services: { hidden: service() }, kubernetes: { route: ingress } });
  assert.deepEqual(ofKind(stack, "Ingress"), []);
});
