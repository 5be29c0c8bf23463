import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import { grafanaUrl } from "../../../../model/grafana-url";
import { clusterStack, objectsOf, ofKind, plainObjects, theObject } from "../../../support/cluster";
import { workloadOf } from "../../../support/declared-stack";
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
const HTTPS = "https://grafana.example.com";
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
    "an Ingress with a certificate of its own",
    { ...ingress, clusterIssuer: "letsencrypt" },
    "Ingress",
    {
      ingressClassName: "nginx",
      tls: [{ hosts: ["api.example.com"], secretName: "api-tls" }],
      rules,
    },
  ],
  [
    "an HTTPRoute at one listener",
    { ...gateway, listener: "web" },
    "HTTPRoute",
    {
      parentRefs: [{ name: "public", namespace: "edge", sectionName: "web" }],
      hostnames: ["api.example.com"],
      rules: [{ backendRefs: [{ name: "api", port: 8123 }] }],
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

test("an Ingress tells its controller what the stack file says, and cert-manager who makes certificates", () => {
  const annotations = { "nginx.ingress.kubernetes.io/proxy-body-size": "16m" };
  const annotated = (route: object): unknown =>
    theObject(clusterStack({ services, kubernetes: { route } }), "Ingress", "api").at(
      "metadata",
      "annotations",
    ).plain;
  assert.equal(annotated(ingress), undefined);
  assert.deepEqual(annotated({ ...ingress, annotations }), annotations);
  assert.deepEqual(annotated({ ...ingress, annotations, clusterIssuer: "letsencrypt" }), {
    ...annotations,
    "cert-manager.io/cluster-issuer": "letsencrypt",
  });
});

test("Grafana has a route where it has a host, and the route's controller reaches no other monitor", () => {
  const stack = clusterStack({
    services,
    grafana: { host: "grafana.example.com" },
    kubernetes: { route: ingress },
  });
  const spec = theObject(stack, "Ingress", "grafana").at("spec");
  assert.equal(spec.at("rules").list[0]?.at("host").plain, "grafana.example.com");
  assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  const admitting = ofKind(stack, "NetworkPolicy")
    .filter(({ tree }) => JSON.stringify(tree.plain).includes('"ingress-nginx"'))
    .map(({ name }) => name);
  assert.deepEqual(admitting.sort(), ["api", "grafana"]);
});

for (const [what, route, url] of [
  ["an Ingress in the clear", ingress, "http://grafana.example.com"],
  ["an Ingress with a certificate", { ...ingress, tlsSecret: "wild" }, HTTPS],
  ["an Ingress with an issuer", { ...ingress, clusterIssuer: "letsencrypt" }, HTTPS],
  ["a Gateway", gateway, HTTPS],
  ["a Gateway in the clear", { ...gateway, https: false }, "http://grafana.example.com"],
] as const) {
  test(`${what} is how Grafana is opened, and where the links of alerts lead`, () => {
    const stack = clusterStack({
      grafana: { host: "grafana.example.com", publish: 3001 },
      kubernetes: { route },
    });
    assert.equal(grafanaUrl(stack.settings), url);
    const { env } = workloadOf(stack, "grafana");
    assert.equal(env["GF_SERVER_ROOT_URL"], url);
    assert.equal(env["GF_SECURITY_COOKIE_SECURE"], url === HTTPS ? "true" : undefined);
  });
}

test("an address that is set is told in place of the host's", () => {
  const url = "https://observe.example.com/grafana";
  const stack = clusterStack({
    grafana: { host: "grafana.example.com", url },
    kubernetes: { route: gateway },
  });
  assert.equal(grafanaUrl(stack.settings), url);
});
