import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { HealthWatch } from "../../../cli/docker/health-watch";

const event = (Action: string, id: string, workload: string | undefined, seconds: number) =>
  `${JSON.stringify({
    Action,
    Actor: {
      ID: id,
      Attributes: workload === undefined ? {} : { "whalewatch.workload": workload },
    },
    timeNano: seconds * 1e9,
  })}\n`;

async function watch(chunks: readonly (string | Buffer)[]) {
  const stream = new PassThrough();
  const asked: unknown[] = [];
  const getEvents = (options: unknown) => {
    asked.push(options);
    return Promise.resolve(stream);
  };
  const found = await HealthWatch.begin({ getEvents }, { project: "whalewatch", name: "dev" });
  for (const chunk of chunks) stream.write(chunk);
  await turn();
  return { found, stream, asked };
}

test("it listens to the containers of its stack alone", async () => {
  const { asked } = await watch([]);
  assert.deepEqual(asked, [
    {
      filters: {
        type: ["container"],
        event: ["start", "health_status"],
        label: ["whalewatch.stack=whalewatch/dev"],
      },
    },
  ]);
});

test("the time from start to healthy is noted, however the events are cut into chunks", async () => {
  const text = [
    event("start", "a", "api", 10),
    event("start", "b", "redis", 11),
    event("health_status: unhealthy", "a", "api", 12),
    event("health_status: healthy", "b", "redis", 12.5),
    event("health_status: healthy", "a", "api", 14),
  ].join("");
  for (const size of [1, 7, 100, text.length]) {
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
      Buffer.from(text.slice(index * size, (index + 1) * size)),
    );
    const { found } = await watch(chunks);
    assert.deepEqual(Object.fromEntries(found.secondsToWell), { redis: 1.5, api: 4 });
  }
});

test("a restart counts from its own start; what started before or has no label is left out", async () => {
  const { found } = await watch([
    event("health_status: healthy", "early", "grafana", 5),
    event("start", "x", undefined, 6),
    event("health_status: healthy", "x", undefined, 7),
    event("start", "a", "api", 10),
    event("start", "a", "api", 20),
    event("health_status: healthy", "a", "api", 23),
  ]);
  assert.deepEqual(Object.fromEntries(found.secondsToWell), { api: 3 });
});

test("after its end it keeps no connection open", async () => {
  const { found, stream } = await watch([]);
  found.end();
  assert.equal(stream.destroyed, true);
});

test("an engine that hangs up does not end the update", async () => {
  const { found, stream } = await watch([event("start", "a", "api", 1)]);
  stream.destroy(new Error("socket hang up"));
  await turn();
  assert.equal(found.secondsToWell.size, 0);
});
