import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findWorkload, type Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { alertRules } from "../../support/expressions";
import { renderedFile, Tree } from "../../support/rendered";
import { projectStack, service, stackFrom, type Values } from "../../support/stack-settings";

const on = (values: Values): Stack =>
  stackFrom({ platform: "kubernetes", services: { api: service() }, ...values });
const config = (stack: Stack): Tree =>
  Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml"));
const job = (stack: Stack, name: string): Tree | undefined =>
  config(stack)
    .at("scrape_configs")
    .list.find((candidate) => candidate.at("job_name").plain === name);
const prometheus = (stack: Stack): Workload => {
  const found = findWorkload(stack, "prometheus");
  assert.ok(found);
  return found;
};

const single = on({});
const pair = on({ prometheus: { replicas: 2 } });

test("one Prometheus has no replica label, and nothing that would need one", () => {
  assert.deepEqual(Object.keys(config(single).at("global", "external_labels").plain ?? {}), [
    "project",
    "environment",
  ]);
  assert.equal(config(single).at("alerting", "alert_relabel_configs").plain, undefined);
  assert.equal(prometheus(single).replicaVariable, undefined);
  assert.deepEqual(config(projectStack("dev")).at("alerting").plain, {
    alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }],
  });
});

test("each Prometheus of a pair says in its series which one it is, by a variable of its own name", () => {
  const { replicaVariable, replicas } = prometheus(pair);
  assert.equal(replicas, 2);
  assert.deepEqual(config(pair).at("global", "external_labels").plain, {
    project: "whalewatch",
    environment: "test",
    replica: `\${${replicaVariable ?? ""}}`,
  });
});

test("Alertmanager sees one alert of a pair: the label goes before an alert is sent", () => {
  assert.deepEqual(config(pair).at("alerting", "alert_relabel_configs").plain, [
    { action: "labeldrop", regex: "replica" },
  ]);
});

test("a pair is the same Prometheus twice: one volume each, the limits counted twice", () => {
  const { volumes, limits, replicas } = prometheus(pair);
  assert.deepEqual(
    volumes.map(({ name, path }) => [name, path]),
    [["data", "/prometheus"]],
  );
  assert.equal(limits.memory.mebibytes * replicas, 512);
});

test("the two of a pair watch one another, and a lost one is an alert", () => {
  assert.ok(prometheus(pair).connects.includes("prometheus"));
  assert.ok(!prometheus(single).connects.includes("prometheus"));
  assert.deepEqual(job(pair, "prometheus")?.at("dns_sd_configs").plain, [
    { names: ["prometheus"], type: "A", port: 9090, refresh_interval: "15s" },
  ]);
  const missing = alertRules(pair).filter(({ alert }) => alert === "ReplicaMissing");
  assert.deepEqual(
    missing.map(({ expr, labels }) => [labels["job"], expr]),
    [["prometheus", '(count(up{job="prometheus"} == 1) or vector(0)) < 2']],
  );
});

test("Grafana asks a pair by its name, behind which both answer", () => {
  const file = "grafana/etc/grafana/provisioning/datasources/prometheus.yml";
  assert.equal(renderedFile(pair, file), renderedFile(single, file));
  assert.match(renderedFile(pair, file), /url: http:\/\/prometheus:9090\n/);
});

describe("releases that do not expand external labels by themselves are told to", () => {
  const flag = "--enable-feature=expand-external-labels";
  for (const [image, replicas, expected] of [
    ["prom/prometheus:v2.55.0", 2, true],
    ["prom/prometheus:v2.55.0", 1, false],
    ["prom/prometheus:v3.0.0", 2, false],
    ["prom/prometheus:v3.5.3", 2, false],
  ] as const) {
    test(`${image}, ${replicas} of them: ${expected ? "told" : "not told"}`, () => {
      const { command = [] } = prometheus(on({ prometheus: { image, replicas } }));
      assert.equal(command.includes(flag), expected);
    });
  }
});
