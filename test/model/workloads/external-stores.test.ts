import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { outsideNetwork } from "../../../components/platform/docker/networks";
import { joinedNetworks } from "../../../model/networks";
import { findWorkload, startsAfter, type Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { mountsOf, renderedFile } from "../../support/rendered";
import { service, stackFrom, type Values } from "../../support/stack-settings";

const SECRETS = ["dbPassword", "redisPassword", "watcher"];
const POSTGRES = { host: "db.example.com", database: "whales", user: "orca", secret: "dbPassword" };
const monitoring = { user: "watcher", secret: "watcher" };
const REDIS = { host: "10.0.4.7", port: 6380, secret: "redisPassword" };
const declared = (changes: Values = {}, cache: Values = {}): Stack =>
  stackFrom(
    {
      services: {
        api: service({ needs: ["postgres", "redis"], internet: false }),
        other: service(),
      },
      postgres: { external: { ...POSTGRES, ...changes } },
      redis: { external: { ...REDIS, ...cache } },
    },
    SECRETS,
  );
const stack = declared({ monitoring, cidr: "10.0.4.0/24" });
const get = (name: string, from = stack): Workload => {
  const found = findWorkload(from, name);
  assert.ok(found, name);
  return found;
};

test("a store outside is no workload, and nobody waits for it", () => {
  assert.equal(findWorkload(stack, "postgres"), undefined);
  assert.equal(findWorkload(stack, "redis"), undefined);
  for (const workload of stack.workloads) {
    assert.ok(!workload.connects.includes("postgres"), workload.name);
    assert.ok(!workload.connects.includes("redis"), workload.name);
    assert.deepEqual(startsAfter(workload), []);
  }
});

test("a service finds it by the same variables, and how connections are encrypted", () => {
  assert.deepEqual(get("api").env, {
    POSTGRES_HOST: "db.example.com",
    POSTGRES_PORT: "5432",
    POSTGRES_DB: "whales",
    POSTGRES_USER: "orca",
    POSTGRES_PASSWORD_FILE: "/run/secrets/postgres-app",
    POSTGRES_SSLMODE: "require",
    REDIS_HOST: "10.0.4.7",
    REDIS_PORT: "6380",
    REDIS_PASSWORD_FILE: "/run/secrets/redis",
    REDIS_TLS: "true",
  });
});

test("the password is the stack's secret, in the same files as a generated one", () => {
  assert.deepEqual(
    mountsOf(stack, "api").map(({ files }) => files),
    [
      {
        "postgres-app": { parts: [{ declared: "dbPassword" }] },
        redis: { parts: [{ declared: "redisPassword" }] },
      },
    ],
  );
});

describe("the way out leads to exactly these peers", () => {
  for (const [name, outside] of [
    [
      "api",
      [
        { host: "db.example.com", port: 5432, cidr: "10.0.4.0/24" },
        { host: "10.0.4.7", port: 6380, cidr: "10.0.4.7/32" },
      ],
    ],
    ["other", undefined],
    ["postgres-exporter", [{ host: "db.example.com", port: 5432, cidr: "10.0.4.0/24" }]],
    ["redis-exporter", [{ host: "10.0.4.7", port: 6380, cidr: "10.0.4.7/32" }]],
    ["prometheus", undefined],
  ] as const) {
    test(name, () => {
      assert.deepEqual(get(name).outside, outside);
    });
  }

  test("on Docker by the network that leads out; a store's own network is not there", () => {
    assert.equal(outsideNetwork(get("api")), "edge");
    assert.equal(outsideNetwork(get("postgres-exporter")), "edge");
    assert.equal(outsideNetwork(get("prometheus")), undefined);
    assert.deepEqual(joinedNetworks(get("api"), stack.workloads), ["services"]);
    assert.deepEqual(joinedNetworks(get("redis-exporter"), stack.workloads), ["monitoring"]);
  });

  test("a name without a range may lead anywhere on that port", () => {
    assert.deepEqual(get("api", declared()).outside?.[0], { host: "db.example.com", port: 5432 });
  });
});

test("the exporter watches with a login of its own, and is not there without one", () => {
  assert.deepEqual(get("postgres-exporter").env, {
    DATA_SOURCE_URI: "db.example.com:5432/whales?sslmode=require&connect_timeout=2",
    DATA_SOURCE_USER: "watcher",
    DATA_SOURCE_PASS_FILE: "/run/secrets/postgres-monitoring",
  });
  assert.deepEqual(
    mountsOf(stack, "postgres-exporter").map(({ files }) => files),
    [{ "postgres-monitoring": { parts: [{ declared: "watcher" }] } }],
  );
  assert.equal(findWorkload(declared(), "postgres-exporter"), undefined);
  assert.ok(declared().targets.every(({ job }) => job !== "postgres-exporter"));
});

for (const [tls, url] of [
  [true, "rediss://10.0.4.7:6380"],
  [false, "redis://10.0.4.7:6380"],
] as const) {
  test(`redis' exporter asks ${url}, and finds the password under that name`, () => {
    const found = declared({}, { tls });
    assert.equal(get("redis-exporter", found).env["REDIS_ADDR"], url);
    assert.equal(
      renderedFile(found, "redis-exporter/run/secrets/redis-passwords.json"),
      `{"${url}": "[secret]"}`,
    );
    assert.equal(get("api", found).env["REDIS_TLS"], String(tls));
  });
}

test("a secret with quotes in it does not end the JSON that it stands in", () => {
  const [mount] = mountsOf(stack, "redis-exporter");
  assert.deepEqual(mount?.files["redis-passwords.json"], {
    parts: ['{"rediss://10.0.4.7:6380": "', { declared: "redisPassword", within: "json" }, '"}'],
  });
});
