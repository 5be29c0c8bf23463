import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { draw, toPng, waves } from "./support/pictures.js";
import { buildService, startService } from "./support/service-process.js";
import { upload } from "./support/upload.js";

const file = buildService();
const alone = { PORT: "0", HOST: "127.0.0.1" };

async function portOf(service: ReturnType<typeof startService>): Promise<number> {
  await service.logged(/"msg":"ready"/);
  const line = await service.logged(/listening at/);
  return Number(/:(\d+)"}$/.exec(line)?.[1]);
}

test("starts fast, and on SIGTERM finishes the request in flight and exits with 0", async (t) => {
  const service = startService(t, file, { ...alone, MODEL_NAME: "efficientnet-v2" });
  const port = await portOf(service);
  const ready = JSON.parse(await service.logged(/"msg":"ready"/)) as Record<string, unknown>;
  assert.ok(Number(ready["startup_ms"]) < 1500);

  const { payload, headers } = await upload(toPng(draw(50, 50, waves)));
  const inFlight = request({
    port,
    method: "POST",
    path: "/predict",
    // The service tells that it has the request, before it reads on.
    headers: { ...headers, "content-length": payload.length, expect: "100-continue" },
    // A client that would keep its connection must not keep the service.
    agent: new Agent({ keepAlive: true }),
  });
  inFlight.flushHeaders();
  await once(inFlight, "continue");
  inFlight.write(payload.subarray(0, 100));
  assert.equal((await fetch(`http://127.0.0.1:${port}/live`)).status, 200);
  service.child.kill("SIGTERM");
  await service.logged(/"msg":"stopping"/);
  await assert.rejects(fetch(`http://127.0.0.1:${port}/live`), "takes no new connection");
  inFlight.end(payload.subarray(100));
  const [answer] = (await once(inFlight, "response")) as [IncomingMessage];
  const body = JSON.parse((await answer.toArray()).join("")) as Record<string, unknown>;
  assert.equal(answer.statusCode, 200);
  assert.equal(body["model"], "efficientnet-v2");

  const answered = performance.now();
  assert.equal(await service.exited, 0);
  assert.ok(performance.now() - answered < 2000);
  const messages = service.lines.map((line) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    assert.equal(entry["service"], "efficientnet-v2");
    assert.match(String(entry["time"]), /^\d{4}-\d\d-\d\dT.*Z$/);
    return entry["msg"];
  });
  assert.deepEqual(messages.slice(-3), ["stopping", "request", "stopped"]);
});

test("SIGINT stops it too, with absent servers as well", async (t) => {
  const service = startService(t, file, {
    ...alone,
    POSTGRES_HOST: "127.0.0.1",
    POSTGRES_PORT: "1",
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: "1",
  });
  const port = await portOf(service);
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  assert.equal(health.status, 503);
  service.child.kill("SIGINT");
  assert.equal(await service.exited, 0);
});

test("an invalid environment exits with 1 and tells every problem in JSON", async (t) => {
  const service = startService(t, file, { PORT: "x", MODEL_NAME: "y" });
  assert.equal(await service.exited, 1);
  const entry = JSON.parse(service.lines.join("")) as { level: string; problems: string[] };
  assert.equal(entry.level, "fatal");
  assert.equal(entry.problems.length, 2);
});

test("a port that is taken exits with 1", async (t) => {
  const first = startService(t, file, alone);
  const second = startService(t, file, { ...alone, PORT: String(await portOf(first)) });
  assert.equal(await second.exited, 1);
  assert.match(second.lines.join(""), /EADDRINUSE/);
});
