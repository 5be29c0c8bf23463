import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeCache, fakeStore } from "./support/fake-stores.js";
import { draw, toPng, waves } from "./support/pictures.js";
import { testApp } from "./support/test-app.js";
import { upload } from "./support/upload.js";

/** The value of one sample, by its name and labels as they are written. */
function sample(text: string, series: string): number {
  const line = text.split("\n").find((row) => row.startsWith(`${series} `));
  assert.ok(line !== undefined, `no sample ${series}`);
  return Number(line.slice(series.length));
}

test("the gauges hold measured values", async (t) => {
  const { app } = await testApp(t, {
    openCache: () => fakeCache().cache,
    openStore: () => fakeStore().store,
  });
  const answer = await app.inject("/metrics");
  assert.match(String(answer.headers["content-type"]), /^text\/plain; version=0\.0\.4/);
  const text = answer.body;
  assert.equal(sample(text, "whales_api_cpu_percent"), 12.5);
  const used = sample(text, "whales_api_memory_used_bytes");
  const available = sample(text, "whales_api_memory_available_bytes");
  const percent = sample(text, "whales_api_memory_percent");
  assert.ok(used > 0 && available > 0);
  assert.ok(Math.abs(percent - (100 * used) / (used + available)) < 0.01);
  assert.equal(sample(text, 'whales_api_model_loaded{model="efficientnet_v1"}'), 1);
  assert.ok(Math.abs(sample(text, "whales_api_last_scrape_timestamp") - Date.now() / 1000) < 5);
  assert.equal(sample(text, "active_connections"), 0);
  assert.equal(sample(text, "database_connections"), 3);
  assert.equal(sample(text, "redis_connections"), 1);
  assert.ok(sample(text, "process_resident_memory_bytes") > 0);
});

test("a model not loaded shows 0, and absent servers show nothing", async (t) => {
  const { app } = await testApp(t, { modelName: "resnet-v1", model: () => undefined });
  const { body } = await app.inject("/metrics");
  assert.equal(sample(body, 'whales_api_model_loaded{model="resnet_v1"}'), 0);
  assert.ok(!/^(database|redis)_connections/m.test(body));
});

test("open connections are counted for real", async (t) => {
  const { app } = await testApp(t);
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const text = await (await fetch(`${address}/metrics`)).text();
  assert.ok(sample(text, "active_connections") >= 1);
});

test("requests are counted by route and timed with a bucket at 2 s", async (t) => {
  const { app } = await testApp(t);
  await app.inject("/live");
  for (const path of ["/a", "/b/c", "/d?e=f"]) await app.inject(path);
  const { body } = await app.inject("/metrics");
  const live = 'method="GET",endpoint="/live"';
  assert.equal(sample(body, `http_requests_total{${live},status_code="200"}`), 1);
  const lost = 'method="GET",endpoint="unmatched"';
  assert.equal(sample(body, `http_requests_total{${lost},status_code="404"}`), 3);
  const bounds = body
    .split("\n")
    .filter((row) => row.startsWith("http_request_duration_seconds_bucket") && row.includes(live))
    .map((row) => /le="([^"]+)"/.exec(row)?.[1]);
  assert.deepEqual(bounds, "0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2 2.5 5 10 +Inf".split(" "));
});

test("predictions are counted by how they ended", async (t) => {
  const { app } = await testApp(t);
  const send = async (file: Buffer) =>
    app.inject({
      method: "POST",
      url: "/predict",
      ...(await upload(file)),
    });
  await send(toPng(draw(40, 40, waves)));
  await send(Buffer.from("no image"));
  await app.inject({ method: "POST", url: "/predict", payload: "{}" });
  const { body } = await app.inject("/metrics");
  const model = 'model="efficientnet_v1"';
  assert.equal(sample(body, `predictions_total{${model},status="success"}`), 1);
  assert.equal(sample(body, `predictions_total{${model},status="rejected"}`), 2);
  assert.equal(sample(body, `prediction_duration_seconds_count{${model}}`), 1);
});
