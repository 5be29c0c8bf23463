import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { IMAGES } from "../../../model/images";
import { findWorkload } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { service, stackFrom, type Values } from "../../support/stack-settings";

function program(name: string, values: Values = {}): Workload {
  const services = { api: service({ needs: ["postgres", "redis"] }) };
  const found = findWorkload(stackFrom({ services, postgres: {}, redis: {}, ...values }), name);
  assert.ok(found, name);
  return found;
}

test("each program runs the image and the limits that the settings default to", () => {
  const rows = Object.entries({
    alertmanager: [IMAGES.alertmanager, "64Mi", "0.1", 65_534],
    "blackbox-exporter": [IMAGES.blackboxExporter, "64Mi", "0.1", 65_534],
    grafana: [IMAGES.grafana, "256Mi", "0.5", 472],
    "node-exporter": [IMAGES.nodeExporter, "64Mi", "0.1", 65_534],
    postgres: [IMAGES.postgres, "256Mi", "0.5", 999],
    "postgres-exporter": [IMAGES.postgresExporter, "64Mi", "0.1", 65_534],
    prometheus: [IMAGES.prometheus, "256Mi", "0.5", 65_534],
    redis: [IMAGES.redis, "128Mi", "0.25", 999],
    "redis-exporter": [IMAGES.redisExporter, "32Mi", "0.1", 59_000],
  });
  for (const [name, expected] of rows) {
    const { image, limits, user } = program(name);
    const found = [image, limits.memory.toString(), limits.cpu.toString(), user.uid];
    assert.deepEqual(found, expected, name);
  }
});

describe("Prometheus reloads by itself under the name that its release knows", () => {
  const [feature, flag] = ["--enable-feature=auto-reload-config", "--config.auto-reload"];
  for (const [image, expected] of [
    ["prom/prometheus:v3.5.3", feature],
    ["prom/prometheus:v3.11.9", feature],
    ["prom/prometheus:v2.55.0", feature],
    ["prom/prometheus:v3.12.0", flag],
    ["prom/prometheus:v4.0.0", flag],
    ["registry.example.com:5000/prom/prometheus:v3.5.3-distroless", feature],
    [`prom/prometheus@sha256:${"3".repeat(64)}`, flag],
  ] as const) {
    test(image, () => {
      const command = program("prometheus", { prometheus: { image } }).command ?? [];
      assert.deepEqual(
        [feature, flag].filter((known) => command.includes(known)),
        [expected],
      );
    });
  }
});

test("Prometheus keeps samples as long as declared, in four fifths of its volume", () => {
  const prometheus = { retention: "30d", storage: "20Gi" };
  const { command = [] } = program("prometheus", { prometheus });
  assert.ok(command.includes("--storage.tsdb.retention.time=30d"));
  assert.ok(command.includes("--storage.tsdb.retention.size=16384MB"));
});

test("Postgres takes a quarter of its limit for shared buffers, and as many connections as declared", () => {
  const postgres = { limits: { memory: "1Gi", cpu: 1 }, maxConnections: 200 };
  assert.deepEqual(program("postgres", { postgres }).command, [
    ...["sh", "/etc/postgres/start.sh"],
    ...["-c", "max_connections=200"],
    ...["-c", "reserved_connections=3"],
    ...["-c", "shared_buffers=256MB"],
  ]);
});

test("the exporters' addresses follow the stores' settings", () => {
  const postgres = { database: "whales" };
  assert.deepEqual(program("postgres-exporter", { postgres }).env, {
    DATA_SOURCE_URI: "postgres:5432/whales?sslmode=disable&connect_timeout=2",
    DATA_SOURCE_USER: "monitoring",
    DATA_SOURCE_PASS_FILE: "/run/secrets/postgres-monitoring",
  });
  assert.deepEqual(program("redis-exporter").env, {
    REDIS_ADDR: "redis://redis:6379",
    REDIS_EXPORTER_CONNECTION_TIMEOUT: "2s",
    REDIS_PASSWORD_FILE: "/run/secrets/redis-passwords.json",
  });
});

test("stores and monitors keep their data; exporters keep nothing", () => {
  const { workloads } = stackFrom({ postgres: {}, redis: {} });
  const paths = workloads.map(({ name, volumes }) => [name, volumes.map(({ path }) => path)]);
  assert.deepEqual(Object.fromEntries(paths), {
    postgres: ["/var/lib/postgresql"],
    redis: ["/data"],
    "node-exporter": [],
    "postgres-exporter": [],
    "redis-exporter": [],
    alertmanager: ["/alertmanager"],
    prometheus: ["/prometheus"],
    grafana: ["/var/lib/grafana"],
  });
});

test("Grafana lets nobody in without a password and calls nobody", () => {
  const { env, internet } = program("grafana");
  assert.equal(internet, false);
  assert.equal(env["GF_AUTH_ANONYMOUS_ENABLED"], "false");
  assert.equal(env["GF_USERS_ALLOW_SIGN_UP"], "false");
  assert.equal(env["GF_SECURITY_ADMIN_PASSWORD__FILE"], "/run/secrets/grafana-admin");
  assert.equal("GF_SECURITY_ADMIN_PASSWORD" in env, false);
});

test("of the stack's own programs only Alertmanager and the prober may reach the internet", () => {
  const declared = { services: { api: service() }, postgres: {}, redis: {} };
  const receivers = { chat: { slack: { secret: "hook" } } };
  const probes = { site: { url: "https://www.example.com/" } };
  for (const [given, expected] of [
    [{ alerts: { receivers } }, ["alertmanager"]],
    [{ probes }, ["blackbox-exporter"]],
    // With nobody to tell and nothing to ask outside they need no way out.
    [{}, []],
  ] as const) {
    const { workloads } = stackFrom({ ...declared, ...given }, ["hook"]);
    const open = workloads.filter(({ internet, role }) => internet && role !== "service");
    assert.deepEqual(
      open.map(({ name }) => name),
      expected,
    );
  }
});
