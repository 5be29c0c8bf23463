import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stack } from "../../../model/stack";
import { renderedFile, Tree } from "../../support/rendered";
import { service, stackFrom, type Values } from "../../support/stack-settings";

const CONFIG = "docker-stats-collector/etc/otelcol-contrib/config.yaml";
const on = (containers: Values = {}, rest: Values = {}): Stack =>
  stackFrom({
    services: { api: service() },
    exporters: { containers: { enabled: true, socketGroup: 105, ...containers } },
    ...rest,
  });

test("the collector asks the engine for what rules use and tells Prometheus, nobody else", () => {
  assert.equal(
    renderedFile(on(), CONFIG),
    `receivers:
  docker_stats:
    endpoint: unix:///var/run/docker.sock
    api_version: ""
    collection_interval: 15s
    container_labels_to_metric_labels:
      whalewatch.stack: stack
      whalewatch.workload: workload
    resource_attributes:
      container.hostname:
        enabled: false
      container.id:
        enabled: false
      container.image.name:
        enabled: false
      container.runtime:
        enabled: false
    metrics:
      container.cpu.throttling_data.periods:
        enabled: true
      container.cpu.throttling_data.throttled_periods:
        enabled: true
      container.cpu.usage.total:
        enabled: true
      container.memory.usage.total:
        enabled: true
      container.network.io.usage.rx_bytes:
        enabled: true
      container.network.io.usage.tx_bytes:
        enabled: true
      container.restarts:
        enabled: true
      container.blockio.io_service_bytes_recursive:
        enabled: false
      container.cpu.usage.kernelmode:
        enabled: false
      container.cpu.usage.usermode:
        enabled: false
      container.cpu.utilization:
        enabled: false
      container.memory.file:
        enabled: false
      container.memory.percent:
        enabled: false
      container.memory.total_cache:
        enabled: false
      container.memory.usage.limit:
        enabled: false
      container.network.io.usage.rx_dropped:
        enabled: false
      container.network.io.usage.tx_dropped:
        enabled: false
exporters:
  prometheus:
    endpoint: 0.0.0.0:8889
    metric_expiration: 45s
    without_scope_info: true
    resource_to_telemetry_conversion:
      enabled: true
service:
  telemetry:
    metrics:
      level: none
  pipelines:
    metrics:
      receivers:
        - docker_stats
      exporters:
        - prometheus
`,
  );
});

for (const [scrapeInterval, asked, kept] of [
  ["1s", "10s", "30s"],
  ["1m", "60s", "180s"],
] as const) {
  test(`scraping every ${scrapeInterval} asks the engine every ${asked}`, () => {
    const config = Tree.read(renderedFile(on({}, { prometheus: { scrapeInterval } }), CONFIG));
    assert.equal(config.at("receivers", "docker_stats", "collection_interval").text, asked);
    assert.equal(config.at("exporters", "prometheus", "metric_expiration").text, kept);
  });
}

test("another socket is asked where it is declared", () => {
  const config = Tree.read(renderedFile(on({ socket: "/run/user/1000/docker.sock" }), CONFIG));
  const endpoint = config.at("receivers", "docker_stats", "endpoint").text;
  assert.equal(endpoint, "unix:///run/user/1000/docker.sock");
});

test("of the engine's containers those of this stack are kept, without the label that said so", () => {
  const jobs = Tree.read(renderedFile(on(), "prometheus/etc/prometheus/prometheus.yml"));
  const job = jobs
    .at("scrape_configs")
    .list.find((each) => each.at("job_name").text === "docker-stats-collector");
  assert.deepEqual(job?.plain, {
    job_name: "docker-stats-collector",
    scrape_interval: "15s",
    scrape_timeout: "10s",
    metrics_path: "/metrics",
    sample_limit: 5000,
    static_configs: [{ targets: ["docker-stats-collector:8889"] }],
    relabel_configs: [{ target_label: "role", replacement: "exporter" }],
    metric_relabel_configs: [
      { source_labels: ["stack"], regex: "whalewatch/test", action: "keep" },
      { regex: "stack", action: "labeldrop" },
    ],
  });
});
