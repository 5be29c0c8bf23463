import assert from "node:assert/strict";
import { test } from "node:test";
import { mountsOf, renderedFile, Tree } from "../support/rendered";
import { projectStack, stackFrom, type Values } from "../support/stack-settings";

const dev = projectStack("dev");

test("postgres: a role that owns one database, one that reads statistics, nothing for the public", () => {
  const stack = stackFrom({ postgres: { database: "whales" } });
  assert.equal(
    renderedFile(stack, "postgres/docker-entrypoint-initdb.d/10-roles.sql"),
    `CREATE ROLE app LOGIN PASSWORD '[secret]';
CREATE ROLE monitoring LOGIN CONNECTION LIMIT 5 PASSWORD '[secret]';
GRANT pg_monitor, pg_use_reserved_connections TO monitoring;
ALTER DATABASE "whales" OWNER TO app;
REVOKE ALL ON DATABASE "whales" FROM PUBLIC;
GRANT CONNECT ON DATABASE "whales" TO monitoring;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO app;
`,
  );
  const init = mountsOf(stack, "postgres").find(({ name }) => name === "init");
  const sql = init?.files["10-roles.sql"];
  assert.deepEqual(
    typeof sql === "object" ? sql.parts.filter((part) => typeof part !== "string") : [],
    [{ generated: "postgres-app" }, { generated: "postgres-monitoring" }],
  );
});

for (const [redis, maxmemory, policy] of [
  [{}, "96mb", "noeviction"],
  [{ limits: { memory: "1Gi", cpu: 1 }, maxmemoryPolicy: "allkeys-lru" }, "768mb", "allkeys-lru"],
] satisfies [Values, string, string][]) {
  test(`redis: ${maxmemory} of data, ${policy}, an append-only file, the password apart`, () => {
    const stack = stackFrom({ redis });
    assert.equal(
      renderedFile(stack, "redis/etc/redis/redis.conf"),
      `dir /data
appendonly yes
maxmemory ${maxmemory}
maxmemory-policy ${policy}
include /run/secrets/redis-auth.conf
`,
    );
    assert.equal(
      renderedFile(stack, "redis/run/secrets/redis-auth.conf"),
      "requirepass [secret]\n",
    );
  });
}

test("redis-exporter: a JSON map from the server that it asks to the password", () => {
  const text = renderedFile(dev, "redis-exporter/run/secrets/redis-passwords.json");
  const server = dev.workloads.find(({ name }) => name === "redis-exporter")?.env["REDIS_ADDR"];
  assert.deepEqual(JSON.parse(text), { [server ?? ""]: "[secret]" });
});

test("grafana: one datasource, under the identity that panels name, at Prometheus' address", () => {
  const stack = stackFrom({ prometheus: { scrapeInterval: "30s" } });
  const yaml = renderedFile(stack, "grafana/etc/grafana/provisioning/datasources/prometheus.yml");
  assert.deepEqual(Tree.read(yaml).plain, {
    apiVersion: 1,
    prune: true,
    datasources: [
      {
        name: "Prometheus",
        uid: "Prometheus",
        type: "prometheus",
        access: "proxy",
        url: "http://prometheus:9090",
        isDefault: true,
        editable: false,
        jsonData: { httpMethod: "POST", timeInterval: "30s" },
      },
    ],
  });
});

test("grafana: dashboards come from the directory where they are provisioned, and stay as they are", () => {
  const yaml = renderedFile(dev, "grafana/etc/grafana/provisioning/dashboards/whalewatch.yml");
  const [provider] = Tree.read(yaml).at("providers").list;
  const dashboards = mountsOf(dev, "grafana").find(({ name }) => name === "dashboards");
  assert.equal(provider?.at("options", "path").text, dashboards?.directory);
  assert.equal(provider?.at("allowUiUpdates").plain, false);
});

test("grafana: no provisioning file has a $ that Grafana would take for a variable", () => {
  for (const file of ["datasources/prometheus.yml", "dashboards/whalewatch.yml"]) {
    assert.doesNotMatch(renderedFile(dev, `grafana/etc/grafana/provisioning/${file}`), /\$/);
  }
});

test("alertmanager: every receiver that a route names exists", () => {
  const config = Tree.read(renderedFile(dev, "alertmanager/etc/alertmanager/alertmanager.yml"));
  const routes = (route: Tree): Tree[] => [route, ...route.at("routes").list.flatMap(routes)];
  const named = routes(config.at("route")).flatMap((route) => route.at("receiver").plain ?? []);
  const receivers = config.at("receivers").list.map((receiver) => receiver.at("name").plain);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !receivers.includes(name)),
    [],
  );
});

test("blackbox-exporter: a probe is answered before Prometheus gives up, and follows nobody elsewhere", () => {
  const http = Tree.read(
    renderedFile(dev, "blackbox-exporter/etc/blackbox_exporter/config.yml"),
  ).at("modules", "http_2xx");
  assert.equal(http.at("timeout").text, "5s");
  assert.equal(http.at("http", "follow_redirects").plain, false);
});
