import assert from "node:assert/strict";
import { test } from "node:test";
import { diskCheck } from "../../../services/model-api/src/health/disk-check.js";
import { type HealthCheck } from "../../../services/model-api/src/health/health-check.js";
import { type HealthStatus } from "../../../services/model-api/src/health/health-status.js";
import { memoryCheck } from "../../../services/model-api/src/health/memory-check.js";
import { runHealthChecks } from "../../../services/model-api/src/health/run-health-checks.js";
import { worstStatus } from "../../../services/model-api/src/health/worst-status.js";
import { fakeCache, fakeStore } from "./support/fake-stores.js";
import { testApp } from "./support/test-app.js";

const fixed = (name: string, status: HealthStatus): HealthCheck => ({
  name,
  run: () => Promise.resolve({ status }),
});

const codes: readonly (readonly [HealthStatus, number])[] = [
  ["healthy", 200],
  ["warning", 200],
  ["degraded", 200],
  ["unhealthy", 503],
  ["critical", 503],
];

for (const [status, code] of codes) {
  test(`one ${status} check makes the service ${status}, HTTP ${code}`, async (t) => {
    const { app } = await testApp(t, { checks: [fixed("a", "healthy"), fixed("b", status)] });
    const answer = await app.inject("/health");
    assert.equal(answer.statusCode, code);
    assert.equal(answer.json<{ status: string }>().status, status);
  });
}

test("the worst status wins in every pair", () => {
  const order = codes.map(([status]) => status);
  for (const [worse, a] of order.entries()) {
    for (const [better, b] of order.entries()) {
      assert.equal(worstStatus([a, b]), worse > better ? a : b);
    }
  }
  assert.equal(worstStatus([]), "healthy");
});

test("postgres, redis, the machine and the model are all in the answer", async (t) => {
  const { app } = await testApp(t, {
    openCache: () => fakeCache().cache,
    openStore: () => fakeStore().store,
    checks: [diskCheck(), memoryCheck()],
  });
  const { checks } = (await app.inject("/health")).json<{
    checks: Record<string, { status: string; responseTimeMs: number }>;
  }>();
  assert.deepEqual(Object.keys(checks), ["postgres", "redis", "disk", "memory", "model"]);
  assert.equal(checks["postgres"]?.status, "healthy");
  assert.equal(typeof checks["redis"]?.responseTimeMs, "number");
});

test("a server that fails is unhealthy, and its address stays inside", async (t) => {
  const refused = Object.assign(new Error("connect to 10.9.8.7 failed"), { code: "ECONNREFUSED" });
  const { store } = fakeStore({ ping: () => Promise.reject(refused) });
  const { app, lines } = await testApp(t, { openStore: () => store });
  const answer = await app.inject("/health");
  await app.inject("/health");
  assert.equal(answer.statusCode, 503);
  const { checks } = answer.json<{ checks: Record<string, { status: string; error: string }> }>();
  assert.equal(checks["postgres"]?.status, "unhealthy");
  assert.equal(checks["postgres"].error, "ECONNREFUSED");
  assert.ok(!answer.body.includes("10.9.8.7"));
  assert.equal(lines.filter((line) => line.includes("health changed")).length, 1);
});

test("a check that never answers is unhealthy after its time, and holds up no other", async () => {
  const hung = { name: "hung", run: () => new Promise<never>(() => undefined) };
  const { status, checks } = await runHealthChecks([hung, fixed("fine", "healthy")], 50);
  assert.equal(status, "unhealthy");
  assert.equal(checks["hung"]?.error, "timed out after 50 ms");
  assert.equal(checks["fine"]?.status, "healthy");
});

test("without a model, or while stopping, the service is unhealthy", async (t) => {
  for (const parts of [{ model: () => undefined }, { isStopping: () => true }]) {
    const { app } = await testApp(t, parts);
    const answer = await app.inject("/health");
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.json<{ status: string }>().status, "unhealthy");
  }
});

test("disk: above 10 % free healthy, above 5 % warning, else critical", async () => {
  const at = async (bavail: number) =>
    (await diskCheck(() => Promise.resolve({ bavail, blocks: 1000 })).run()).status;
  assert.deepEqual(await Promise.all([101, 100, 51, 50, 0].map(at)), [
    "healthy",
    "warning",
    "warning",
    "critical",
    "critical",
  ]);
});

test("memory: below 80 % used healthy, below 90 % warning, else critical", async () => {
  const at = async (percent: number) => {
    const usage = { limitBytes: 100, usedBytes: percent, availableBytes: 100 - percent, percent };
    return (await memoryCheck(() => Promise.resolve(usage)).run()).status;
  };
  assert.deepEqual(await Promise.all([79.9, 80, 89.9, 90].map(at)), [
    "healthy",
    "warning",
    "warning",
    "critical",
  ]);
});
