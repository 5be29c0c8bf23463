import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findWorkload } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { service, stackFrom, type Values } from "../../support/stack-settings";

const SECRETS = ["telegramToken", "smtp-login"];

/** The service `api` with these changes, beside two stores and two peers. */
function api(changes: Values): Workload {
  const services = {
    "image-store": service({ port: 9000 }),
    "night-job": service({ kind: "worker", port: undefined }),
    api: service(changes),
  };
  const stack = stackFrom({ services, postgres: { database: "whales" }, redis: {} }, SECRETS);
  const found = findWorkload(stack, "api");
  assert.ok(found);
  return found;
}

const POSTGRES = {
  POSTGRES_HOST: "postgres",
  POSTGRES_PORT: "5432",
  POSTGRES_DB: "whales",
  POSTGRES_USER: "app",
  POSTGRES_PASSWORD_FILE: "/run/secrets/postgres-app",
};
const REDIS = {
  REDIS_HOST: "redis",
  REDIS_PORT: "6379",
  REDIS_PASSWORD_FILE: "/run/secrets/redis",
};

describe("the environment tells a service how to reach its needs, and nothing else", () => {
  for (const [title, changes, env] of [
    ["no needs", {}, {}],
    ["postgres", { needs: ["postgres"] }, POSTGRES],
    ["redis", { needs: ["redis"] }, REDIS],
    ["both stores", { needs: ["redis", "postgres"] }, { ...POSTGRES, ...REDIS }],
    ["a service", { needs: ["image-store"] }, { IMAGE_STORE_URL: "http://image-store:9000" }],
    ["a worker without a port", { needs: ["night-job"] }, {}],
    [
      "secrets, as paths",
      { secrets: SECRETS },
      {
        TELEGRAM_TOKEN_FILE: "/run/secrets/telegramToken",
        SMTP_LOGIN_FILE: "/run/secrets/smtp-login",
      },
    ],
    [
      "plain settings, all as text",
      { env: { WORKERS: 4, DEBUG: false, RATIO: 0.5, NAME: "x" } },
      { WORKERS: "4", DEBUG: "false", RATIO: "0.5", NAME: "x" },
    ],
    [
      "a plain setting in place of a derived one",
      { needs: ["redis"], env: { REDIS_HOST: "other" } },
      { ...REDIS, REDIS_HOST: "other" },
    ],
  ] satisfies [string, Values, Record<string, string>][]) {
    test(title, () => {
      assert.deepEqual(api(changes).env, env);
    });
  }
});

describe("health", () => {
  for (const [title, changes, health] of [
    ["is asked at /health by default", {}, { kind: "http", port: 8000, path: "/health" }],
    ["is asked where declared", { health: "/up" }, { kind: "http", port: 8000, path: "/up" }],
    [
      "is a command where one is declared",
      { healthCommand: ["check"] },
      { kind: "command", command: ["check"] },
    ],
    ["is unknown where it is off", { health: false }, undefined],
    ["is unknown without a port", { kind: "worker", port: undefined }, undefined],
  ] satisfies [string, Values, Workload["health"]][]) {
    test(title, () => {
      assert.deepEqual(api(changes).health, health);
    });
  }
});

test("what is not declared is safe: one replica, not root, read-only, closed to the host", () => {
  const { limits, stopGrace, scratch, ...rest } = api({});
  assert.deepEqual(rest, {
    name: "api",
    role: "service",
    image: "example/api:1.0.0",
    replicas: 1,
    user: { uid: 1000, gid: 1000 },
    readOnlyRoot: true,
    internet: true,
    network: "services",
    connects: [],
    ports: [{ container: 8000 }],
    health: { kind: "http", port: 8000, path: "/health" },
    env: {},
    volumes: [],
    hostDirectories: [],
  });
  assert.deepEqual([limits.memory.toString(), limits.cpu.toString()], ["64Mi", "0.1"]);
  assert.equal(stopGrace.toString(), "30s");
  assert.deepEqual(
    scratch.map(({ path }) => path),
    ["/tmp"],
  );
});

test("what is declared arrives", () => {
  const { build, command, user, readOnlyRoot, internet, stopGrace, volumes } = api({
    image: "example/built:1.0.0",
    build: { context: "services/api" },
    command: ["node", "server.js"],
    user: "1234:5678",
    readOnlyRoot: false,
    internet: false,
    stopGrace: "2m",
    volumes: { models: { path: "/models", storage: "2Gi" } },
  });
  assert.deepEqual(build, { context: "services/api", dockerfile: "Dockerfile" });
  assert.deepEqual(command, ["node", "server.js"]);
  assert.deepEqual([readOnlyRoot, internet], [false, false]);
  assert.equal(api({ replicas: 3 }).replicas, 3);
  assert.deepEqual(user, { uid: 1234, gid: 5678 });
  assert.equal(stopGrace.seconds, 120);
  assert.deepEqual(
    volumes.map(({ name, path, storage }) => [name, path, storage.toString()]),
    [["models", "/models", "2Gi"]],
  );
});
