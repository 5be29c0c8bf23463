import assert from "node:assert/strict";
import { test } from "node:test";
import { projectStack, service, stackFrom } from "../support/stack-settings";

test("dev's targets: each service, exporter and monitor, at its own port and path", () => {
  const { targets } = projectStack("dev");
  assert.deepEqual(
    targets.map(({ job, workload, role, port, path }) =>
      [job, workload, role, port, path].join(" "),
    ),
    [
      "efficientnet-v1 efficientnet-v1 service 8000 /metrics",
      "efficientnet-v2 efficientnet-v2 service 8000 /metrics",
      "resnet-v1 resnet-v1 service 8000 /metrics",
      "node-exporter node-exporter exporter 9100 /metrics",
      "postgres-exporter postgres-exporter exporter 9187 /metrics",
      "redis-exporter redis-exporter exporter 9121 /metrics",
      "blackbox-exporter blackbox-exporter exporter 9115 /metrics",
      "alertmanager alertmanager monitor 9093 /metrics",
      "prometheus prometheus monitor 9090 /metrics",
      "grafana grafana monitor 3000 /metrics",
    ],
  );
});

test("a target's port is where its workload listens", () => {
  const { targets, workloads } = projectStack("dev");
  for (const { workload, port } of targets) {
    const ports = workloads.find(({ name }) => name === workload)?.ports;
    assert.deepEqual(
      ports?.map(({ container }) => container),
      [port],
      workload,
    );
  }
});

test("only services that have metrics are scraped, at the path and as often as declared", () => {
  const { targets } = stackFrom({
    services: {
      plain: service(),
      elsewhere: service({ port: 9000, metrics: "/internal/metrics", replicas: 3 }),
      silent: service({ metrics: false }),
      worker: service({ kind: "worker", port: undefined }),
      measured: service({ kind: "worker", port: 9200 }),
    },
    prometheus: { scrapeInterval: "30s" },
  });
  const ofServices = targets
    .filter(({ role }) => role === "service")
    .map(({ interval, ...target }) => ({ ...target, interval: interval.toString() }));
  const common = { role: "service", replicas: 1, interval: "30s", shard: 0 };
  assert.deepEqual(ofServices, [
    { ...common, job: "plain", workload: "plain", port: 8000, path: "/metrics" },
    {
      ...common,
      ...{ job: "elsewhere", workload: "elsewhere", port: 9000, path: "/internal/metrics" },
      replicas: 3,
    },
    { ...common, job: "measured", workload: "measured", port: 9200, path: "/metrics" },
  ]);
});

test("Prometheus connects to everything it scrapes but itself", () => {
  const { targets, workloads } = stackFrom({
    services: { plain: service(), silent: service({ metrics: false }) },
    redis: {},
  });
  const prometheus = workloads.find(({ name }) => name === "prometheus");
  assert.deepEqual(
    [...(prometheus?.connects ?? []), "prometheus"].sort(),
    targets.map(({ workload }) => workload).sort(),
  );
});

test("each health path over HTTP is probed by the service's name and container port", () => {
  const { probes, workloads } = stackFrom({
    services: {
      plain: service({ publish: 8001 }),
      elsewhere: service({ port: 9000, health: "/ready" }),
      root: service({ health: "/" }),
      off: service({ health: false }),
      inside: service({ healthCommand: ["node", "check.js"] }),
      worker: service({ kind: "worker", port: undefined }),
    },
  });
  assert.deepEqual(probes, [
    { workload: "plain", url: "http://plain:8000/health", shard: 0 },
    { workload: "elsewhere", url: "http://elsewhere:9000/ready", shard: 0 },
    { workload: "root", url: "http://root:8000/", shard: 0 },
  ]);
  const prober = workloads.find(({ name }) => name === "blackbox-exporter");
  assert.deepEqual(prober?.connects, ["plain", "elsewhere", "root"]);
});

test("without monitoring there is nothing to scrape and nobody to probe", () => {
  const stack = stackFrom({ services: { api: service() }, monitoring: { enabled: false } });
  assert.deepEqual([stack.targets, stack.probes], [[], []]);
});

test("without the prober there are no probes, and the service is scraped all the same", () => {
  const stack = stackFrom({
    services: { api: service() },
    exporters: { blackbox: { enabled: false } },
  });
  assert.deepEqual(stack.probes, []);
  assert.ok(stack.targets.some(({ job }) => job === "api"));
});
