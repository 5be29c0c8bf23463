import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Duration } from "../../../model/units/duration";
import type { Stack } from "../../../model/stack";
import { renderedFile, Tree } from "../../support/rendered";
import { projectStack, service, stackFrom } from "../../support/stack-settings";

const dev = projectStack("dev");
const prometheusYml = (stack: Stack): Tree =>
  Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml"));
const jobs = (stack: Stack): Tree[] => prometheusYml(stack).at("scrape_configs").list;
const nameOf = (job: Tree): string => job.at("job_name").text;
const job = (stack: Stack, name: string): Tree | undefined =>
  jobs(stack).find((candidate) => nameOf(candidate) === name);

test("every target has a job of its own, and the probes have one together", () => {
  assert.deepEqual(jobs(dev).map(nameOf), [...dev.targets.map((target) => target.job), "probe"]);
  assert.equal(new Set(jobs(dev).map(nameOf)).size, jobs(dev).length);
});

test("a service called like any other word gets a job that is not the probes'", () => {
  const stack = stackFrom({ services: { probes: service(), on: service(), null: service() } });
  const names = jobs(stack).map(nameOf);
  assert.deepEqual(names.slice(0, 3), ["probes", "on", "null"]);
  assert.equal(new Set(names).size, names.length);
});

describe("a scrape ends before the next one begins, and no exposition is unlimited", () => {
  for (const [scrapeInterval, timeout] of [
    ["1s", "1s"],
    ["5s", "5s"],
    ["10s", "10s"],
    ["15s", "10s"],
    ["1m", "10s"],
  ] as const) {
    test(`every ${scrapeInterval}: within ${timeout}`, () => {
      const stack = stackFrom({ services: { api: service() }, prometheus: { scrapeInterval } });
      assert.equal(prometheusYml(stack).at("global", "scrape_interval").text, scrapeInterval);
      assert.equal(prometheusYml(stack).at("global", "evaluation_interval").text, scrapeInterval);
      for (const each of jobs(stack)) {
        assert.equal(each.at("sample_limit").number, 5000, nameOf(each));
        if (nameOf(each) === "probe") continue; // Prometheus' own rule: the interval if shorter.
        assert.equal(each.at("scrape_interval").text, scrapeInterval);
        assert.equal(each.at("scrape_timeout").text, timeout);
        const { seconds } = Duration.parse(timeout);
        assert.ok(seconds <= Duration.parse(scrapeInterval).seconds);
      }
    });
  }
});

test("a service is looked up by name, so that replicas come and go, and carries its labels", () => {
  const stack = stackFrom({
    services: { api: service({ port: 9000, metrics: "/m", replicas: 2 }) },
  });
  assert.deepEqual(job(stack, "api")?.plain, {
    job_name: "api",
    scrape_interval: "15s",
    scrape_timeout: "10s",
    metrics_path: "/m",
    sample_limit: 5000,
    fallback_scrape_protocol: "PrometheusText0.0.4",
    dns_sd_configs: [{ names: ["api"], type: "A", port: 9000, refresh_interval: "15s" }],
    relabel_configs: [
      { target_label: "service", replacement: "api" },
      { target_label: "role", replacement: "service" },
    ],
  });
});

for (const [name, address, role] of [
  ["node-exporter", "node-exporter:9100", "exporter"],
  ["postgres-exporter", "postgres-exporter:9187", "exporter"],
  ["grafana", "grafana:3000", "monitor"],
  ["prometheus", "localhost:9090", "monitor"],
] as const) {
  test(`${name} is scraped at ${address} and is no service`, () => {
    const found = job(dev, name);
    assert.deepEqual(found?.at("static_configs").plain, [{ targets: [address] }]);
    assert.deepEqual(found.at("relabel_configs").plain, [
      { target_label: "role", replacement: role },
    ]);
  });
}

test("a probe goes to the prober, which is told the address; the series keeps it as instance", () => {
  const stack = stackFrom({ services: { api: service(), ui: service({ health: "/up" }) } });
  assert.deepEqual(job(stack, "probe")?.plain, {
    job_name: "probe",
    metrics_path: "/probe",
    sample_limit: 5000,
    params: { module: ["http_2xx"] },
    static_configs: [
      { targets: ["http://api:8000/health"], labels: { service: "api" } },
      { targets: ["http://ui:8000/up"], labels: { service: "ui" } },
    ],
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: "blackbox-exporter:9115" },
    ],
  });
  const modules = Tree.read(
    renderedFile(stack, "blackbox-exporter/etc/blackbox_exporter/config.yml"),
  );
  assert.equal(modules.at("modules", "http_2xx", "prober").text, "http");
});

test("alerts go to Alertmanager where there is one, and nowhere otherwise", () => {
  assert.deepEqual(prometheusYml(dev).at("alerting", "alertmanagers").plain, [
    { static_configs: [{ targets: ["alertmanager:9093"] }] },
  ]);
  const without = stackFrom({ alertmanager: { enabled: false } });
  assert.equal(prometheusYml(without).at("alerting").plain, undefined);
});

test("series that leave this Prometheus say which project and environment they are from", () => {
  assert.deepEqual(prometheusYml(dev).at("global", "external_labels").plain, {
    project: "whalewatch",
    environment: "dev",
  });
});
