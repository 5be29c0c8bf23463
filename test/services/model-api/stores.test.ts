import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { fakeCache, fakeStore } from "./support/fake-stores.js";
import { draw, toPng, waves } from "./support/pictures.js";
import { testApp } from "./support/test-app.js";
import { upload } from "./support/upload.js";

const never = () => new Promise<never>(() => undefined);
const fail = () => Promise.reject(new Error("down"));

async function predictor(
  t: TestContext,
  { cache, store }: Partial<ReturnType<typeof fakeCache> & ReturnType<typeof fakeStore>>,
) {
  const { app, lines } = await testApp(t, {
    openCache: cache && (() => cache),
    openStore: store && (() => store),
  });
  const body = await upload(toPng(draw(48, 48, waves)));
  return {
    lines,
    predict: () => app.inject({ method: "POST", url: "/predict", ...body }),
    metrics: async () => (await app.inject("/metrics")).body,
    close: () => app.close(),
  };
}

test("a new image is a miss and recorded, the same again a hit and not", async (t) => {
  const { cache, entries } = fakeCache();
  const { store, records } = fakeStore();
  const { predict } = await predictor(t, { cache, store });
  const first = await predict();
  const second = await predict();
  assert.equal(first.headers["x-cache"], "miss");
  assert.equal(second.headers["x-cache"], "hit");
  const { whaleId, confidence, hash } = first.json<Record<string, unknown>>();
  const again = second.json<Record<string, unknown>>();
  assert.deepEqual([again["whaleId"], again["confidence"]], [whaleId, confidence]);
  assert.deepEqual(records, [{ model: "efficientnet-v1", whaleId, confidence, hash }]);
  assert.match([...entries.keys()].join(), /^whales:prediction:efficientnet-v1:[0-9a-f]{64}$/);
});

test("a failing cache and database do not fail a prediction, and are counted", async (t) => {
  const { cache } = fakeCache({ get: fail, set: fail });
  const { store } = fakeStore({ insert: fail });
  const { predict, metrics, lines } = await predictor(t, { cache, store });
  const answer = await predict();
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers["x-cache"], "miss");
  const text = await metrics();
  for (const type of ["cache_read", "cache_write", "database_write"]) {
    const sample = `errors_total{error_type="${type}",service="efficientnet-v1"} 1`;
    assert.ok(text.includes(sample), sample);
    assert.ok(lines.some((line) => line.includes(`"error_type":"${type}"`)));
  }
});

test("a cache and database that never answer hold a prediction up for a moment only", async (t) => {
  const { cache } = fakeCache({ get: never, set: never });
  const { store } = fakeStore({ insert: never });
  const { predict } = await predictor(t, { cache, store });
  const start = performance.now();
  assert.equal((await predict()).statusCode, 200);
  assert.ok(performance.now() - start < 2000);
});

test("what is not a prediction in the cache counts as a miss", async (t) => {
  const { cache } = fakeCache({ get: () => Promise.resolve('{"whaleId":7}') });
  const { predict } = await predictor(t, { cache });
  const answer = await predict();
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers["x-cache"], "miss");
});

test("closing the app closes cache and database, even when one fails", async (t) => {
  const closed: string[] = [];
  const { cache } = fakeCache({ close: fail });
  const { store } = fakeStore({ close: () => Promise.resolve(void closed.push("store")) });
  const { close, lines } = await predictor(t, { cache, store });
  await close();
  assert.deepEqual(closed, ["store"]);
  assert.ok(lines.some((line) => line.includes("unclean close")));
});
