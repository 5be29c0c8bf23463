import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterStack, ofKind, projectCluster, theObject } from "../../../support/cluster";
import {
  problemsOf,
  rawFrom,
  service,
  stackFrom,
  type Values,
} from "../../../support/stack-settings";
import { renderedFile, Tree } from "../../../support/rendered";

const stack = clusterStack({ services: { api: service({ port: 9000, replicas: 2 }) } });

test("Prometheus looks a service up where pods that are not ready have an address too", () => {
  const job = Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml"))
    .at("scrape_configs")
    .list.find((candidate) => candidate.at("job_name").plain === "api");
  const [lookUp] = job?.at("dns_sd_configs").list ?? [];
  assert.deepEqual(lookUp?.at("names").plain, ["api-replicas"]);
  const spec = theObject(stack, "Service", "api-replicas").at("spec");
  const own = theObject(stack, "Service", "api").at("spec");
  assert.equal(spec.at("publishNotReadyAddresses").plain, true);
  assert.deepEqual(spec.at("selector").plain, own.at("selector").plain);
  assert.deepEqual(spec.at("ports").plain, own.at("ports").plain);
});

test("clients of services and stores get one address, which Pulumi does not wait behind", () => {
  const prod = projectCluster("prod");
  const kinds = prod.workloads
    .filter(({ ports }) => ports.length > 0)
    .map(({ name, role }) => {
      const own = theObject(prod, "Service", name);
      return [
        ...[name, role, own.at("spec", "clusterIP").plain],
        ...[own.at("spec", "publishNotReadyAddresses").plain],
        own.at("metadata", "annotations").plain,
      ];
    });
  const skipped = { "pulumi.com/skipAwait": "true" };
  assert.deepEqual(
    kinds,
    prod.workloads
      .filter(({ ports }) => ports.length > 0)
      .map(({ name, role }) =>
        role === "service" || role === "store"
          ? [name, role, undefined, undefined, skipped]
          : [name, role, "None", name === "alertmanager" ? true : undefined, undefined],
      ),
  );
});

test("each port of a Service is named by protocol and number", () => {
  const prod = projectCluster("prod");
  for (const { name, ports } of prod.workloads.filter((one) => one.ports.length > 0)) {
    assert.deepEqual(
      theObject(prod, "Service", name)
        .at("spec", "ports")
        .list.map((port) => [
          port.at("name").text,
          port.at("port").plain,
          port.at("targetPort").plain,
        ]),
      ports.map(({ container, protocol = "tcp" }) => [
        `${protocol}-${container}`,
        container,
        container,
      ]),
    );
  }
});

const unasked: Readonly<Record<string, Values>> = {
  "a service without metrics": { services: { api: service({ metrics: false }) } },
  "a stack that nobody watches": {
    services: { api: service() },
    monitoring: { enabled: false },
  },
  "a stack of the cluster's Prometheus, which finds Services by their labels": {
    services: { api: service() },
    prometheus: { mode: "operator", operator: { namespace: "monitoring", labels: {} } },
    grafana: { enabled: false },
  },
};
for (const [what, values] of Object.entries(unasked)) {
  test(`${what} has no second name`, () => {
    const asked = clusterStack(values);
    assert.equal(ofKind(asked, "Service", "api").length, 1);
    assert.deepEqual(ofKind(asked, "Service", "api-replicas"), []);
  });
}

test("Docker's names lead to every container, so none has a second one", () => {
  const names = stackFrom({ services: { api: service() } }).workloads.map(
    ({ everyReplicaName }) => everyReplicaName,
  );
  assert.deepEqual(
    names.filter((name) => name !== undefined),
    [],
  );
});

test("a service may not have the second name of another, but on Docker, which knows none", () => {
  const services = { api: service(), "api-replicas": service() };
  assert.deepEqual(problemsOf(rawFrom({ platform: "kubernetes", services })), [
    {
      setting: "whalewatch:services.api-replicas",
      found: "the name under which Prometheus finds the replicas of api",
      allowed: "another name for one of the two",
    },
  ]);
  assert.deepEqual(problemsOf(rawFrom({ platform: "docker", services })), []);
});
