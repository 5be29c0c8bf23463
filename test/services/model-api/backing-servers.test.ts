import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { backoffDelay } from "../../../services/model-api/src/stores/backoff-delay.js";
import { PostgresStore } from "../../../services/model-api/src/stores/postgres-store.js";
import { RedisCache } from "../../../services/model-api/src/stores/redis-cache.js";

/** A port of this machine nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

const server = async () => ({
  host: "127.0.0.1",
  port: await closedPort(),
  passwordFile: undefined,
});

/** Waits until a failure has been reported at least `count` times. */
function reports(count: number) {
  const types: string[] = [];
  let enough: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (enough = resolve));
  return {
    types,
    reached,
    report: (type: string) => {
      if (types.push(type) >= count) enough();
    },
  };
}

test("an absent database is tried again, fails fast and closes", async () => {
  const { report, reached, types } = reports(2);
  const store = new PostgresStore({ ...(await server()), database: "d", user: "u" }, report);
  await assert.rejects(store.ping(), { code: "ECONNREFUSED" });
  const record = { model: "m", hash: "0", whaleId: "w", confidence: 1 };
  await assert.rejects(store.insert(record), { code: "ECONNREFUSED" });
  await reached;
  assert.deepEqual(new Set(types), new Set(["database_setup"]));
  assert.equal(store.connections(), 0);
  await store.close();
});

test("an absent cache is tried again, fails fast and closes", async () => {
  const { report, reached, types } = reports(2);
  const cache = new RedisCache(await server(), report);
  await assert.rejects(cache.ping());
  await assert.rejects(cache.get("key"));
  await assert.rejects(cache.set("key", "value"));
  await reached;
  assert.deepEqual(new Set(types), new Set(["cache_connection"]));
  assert.equal(cache.connections(), 0);
  await cache.close();
});

test("attempts grow apart, up to five seconds, and never stop", () => {
  for (const [retries, longest] of [
    [0, 100],
    [3, 800],
    [10, 5000],
    [5000, 5000],
  ] as const) {
    const delay = backoffDelay(retries);
    assert.ok(delay <= longest && delay >= longest * 0.75, `${retries}: ${delay}`);
  }
});
