import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

const route = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
const host = "grafana.example.com";
const found = (values: Values) =>
  problemsOf(rawFrom({ platform: "kubernetes", ...values })).map(
    (problem) => `${problem.setting}: ${problem.found}`,
  );

test("a host of Grafana's needs a route, and there is none on Docker", () => {
  assert.deepEqual(found({ grafana: { host } }), [
    "whalewatch:grafana.host: grafana.example.com without a way in",
  ]);
  assert.deepEqual(found({ grafana: { host }, kubernetes: { route } }), []);
  assert.deepEqual(found({ platform: "docker", grafana: { host } }), [
    "whalewatch:grafana.host: grafana.example.com on Docker",
  ]);
});

test("of a Grafana that is left out nothing is asked", () => {
  assert.deepEqual(found({ grafana: { host, enabled: false } }), []);
  assert.deepEqual(found({ grafana: { host }, monitoring: { enabled: false } }), []);
});

test("a host needs a port to lead to", () => {
  const { image, limits } = service();
  const queue = { image, limits, kind: "worker", host: "queue.example.com" };
  assert.deepEqual(found({ services: { queue }, kubernetes: { route } }), [
    "whalewatch:services.queue.host: queue.example.com for a service without a port",
  ]);
});

test("a host leads to one workload", () => {
  const services = {
    a: service({ host }),
    b: service({ host }),
    c: service({ host: "c.example.com" }),
  };
  assert.deepEqual(found({ services, grafana: { host }, kubernetes: { route } }), [
    "whalewatch:services.b.host: grafana.example.com, the host of services.a too",
    "whalewatch:grafana.host: grafana.example.com, the host of services.a too",
  ]);
});

test("certificates are somebody's or an issuer's, not both's", () => {
  const both = { ...route, tlsSecret: "wild", clusterIssuer: "letsencrypt" };
  assert.deepEqual(problemsOf(rawFrom({ platform: "kubernetes", kubernetes: { route: both } })), [
    {
      setting: "whalewatch:kubernetes.route.clusterIssuer",
      found: '"letsencrypt"',
      allowed: "either tlsSecret or clusterIssuer",
    },
  ]);
});

for (const [what, annotations, setting] of [
  ["a name with a space", { "a b": "x" }, "annotations"],
  ["a value that is no text", { a: 1 }, "annotations.a"],
] as const) {
  test(`an annotation with ${what} is refused`, () => {
    const problems = found({ kubernetes: { route: { ...route, annotations } } });
    assert.equal(problems.length, 1, problems.join());
    assert.ok(
      problems.join().startsWith(`whalewatch:kubernetes.route.${setting}`),
      problems.join(),
    );
  });
}
