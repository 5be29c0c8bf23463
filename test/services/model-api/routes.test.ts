import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "./support/test-app.js";

test("the index names the service and its endpoints", async (t) => {
  const { app } = await testApp(t, { modelName: "resnet-v1" });
  const answer = await app.inject("/");
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), {
    name: "resnet-v1",
    version: "1.0.0",
    endpoints: ["GET /", "GET /health", "GET /live", "GET /metrics", "POST /predict"],
  });
});

test("liveness is fine even when stopping and without a model", async (t) => {
  const { app } = await testApp(t, { model: () => undefined, isStopping: () => true });
  assert.equal((await app.inject("/live")).statusCode, 200);
});

test("an unknown route answers 404 and is logged without its path", async (t) => {
  const { app, lines } = await testApp(t);
  const answer = await app.inject("/users/jane@example.org");
  assert.equal(answer.statusCode, 404);
  const line = lines.find((text) => text.includes('"msg":"request"')) ?? "";
  const { request_id, time, duration_ms, ...fields } = JSON.parse(line) as Record<string, unknown>;
  assert.deepEqual(fields, {
    level: "info",
    service: "efficientnet-v1",
    method: "GET",
    route: "unmatched",
    status_code: 404,
    msg: "request",
  });
  assert.match(String(request_id), /^[0-9a-f-]{36}$/);
  assert.match(String(time), /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.equal(typeof duration_ms, "number");
  assert.ok(!lines.join("").includes("jane"));
});

test("checks and scrapes are not logged at info", async (t) => {
  const { app, lines } = await testApp(t);
  for (const route of ["/health", "/live", "/metrics"]) await app.inject(route);
  assert.deepEqual(lines, []);
});

test("an unexpected failure answers 500 without its message, and is counted", async (t) => {
  const { app, lines } = await testApp(t, {
    checks: [],
    cpu: {
      read: () => {
        throw new Error("inner secret");
      },
    },
  });
  const answer = await app.inject("/metrics");
  assert.equal(answer.statusCode, 500);
  assert.ok(!answer.body.includes("inner secret"));
  assert.ok(lines.some((line) => line.includes('"error_type":"internal"')));
});
