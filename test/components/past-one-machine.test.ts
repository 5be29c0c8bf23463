import assert from "node:assert/strict";
import { test } from "node:test";
import { declareStack, serviceSettings } from "../support/declared-stack";
import { containerArgsOf } from "../support/docker-args";
import { CONTAINER, PASSWORD, placeEnvironment } from "../support/placed-environment";

test("Grafana's database gets a password of its own from Postgres, which Grafana waits for", async () => {
  const placed = await placeEnvironment(
    declareStack({ postgres: {}, grafana: { database: "postgres" } }),
  );
  const postgres = placed.get("whalewatch:index:Postgres", "postgres");
  const password = placed.get(PASSWORD, "postgres-grafana-password");
  assert.equal(password.parent, postgres.urn);
  const grafana = placed.get(CONTAINER, "grafana-container");
  const server = placed.get(CONTAINER, "postgres-container");
  assert.ok(grafana.dependencies.includes(server.urn));
});

test("without that database there is no such password", async () => {
  const placed = await placeEnvironment(declareStack({ postgres: {} }));
  assert.deepEqual(
    placed.ofType(PASSWORD).filter(({ name }) => name.includes("grafana-password")),
    [],
  );
});

test("stores outside: no server, no volume and no generated password; the secret in its file", async () => {
  const stack = declareStack(
    {
      services: { api: serviceSettings({ needs: ["redis"], internet: false }) },
      redis: { external: { host: "10.0.4.7", secret: "cache" } },
    },
    ["cache"],
  );
  const placed = await placeEnvironment(stack, { secrets: { cache: 'with "quotes" and \\' } });
  assert.deepEqual(
    placed.resources.filter(({ name }) => /^redis(-container|-password|\.)/.test(name)),
    [],
  );
  const textOf = (name: string): string =>
    containerArgsOf(placed.get(CONTAINER, name)).uploads?.[0]?.content ?? "";
  assert.equal(textOf("api-files"), 'with "quotes" and \\');
  assert.deepEqual(JSON.parse(textOf("redis-exporter-files")), {
    "rediss://10.0.4.7:6379": 'with "quotes" and \\',
  });
});
