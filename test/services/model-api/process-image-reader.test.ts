import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectImage } from "../../../services/model-api/src/image/inspect-image.js";
import { luminanceThumbnail } from "../../../services/model-api/src/image/luminance-thumbnail.js";
import { ProcessImageReader } from "../../../services/model-api/src/image/process-image-reader.js";
import { draw, rings, toPng, waves } from "./support/pictures.js";
import { buildService } from "./support/service-process.js";

const program = buildService();
const plenty = () =>
  Promise.resolve({ limitBytes: 2e9, usedBytes: 0, availableBytes: 2e9, percent: 0 });

test("the decoder answers each image with its own thumbnail, broken ones with 400", async (t) => {
  const reader = new ProcessImageReader(program, plenty);
  t.after(() => reader.close());
  const pictures = [draw(90, 60, waves), draw(64, 64, rings)];
  const broken = inspectImage(toPng(draw(90, 60, waves)).subarray(0, 200));
  const refused = assert.rejects(reader.thumbnail(broken), { statusCode: 400 });
  const found = await Promise.all(
    pictures.map((picture) => reader.thumbnail(inspectImage(toPng(picture)))),
  );
  await refused;
  assert.deepEqual(found, pictures.map(luminanceThumbnail));
});

test("decoding a large image leaves the event loop free, and the next image works", async (t) => {
  const reader = new ProcessImageReader(program, plenty);
  t.after(() => reader.close());
  const large = inspectImage(toPng(draw(2000, 1500, waves)));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await reader.thumbnail(large);
  clearInterval(timer);
  assert.ok(ticks >= 5, `${ticks} ticks`);
  assert.equal((await reader.thumbnail(inspectImage(toPng(draw(8, 8, waves))))).length, 1024);
});

test("an image that does not fit in memory is refused before it is decoded", async (t) => {
  const tight = { limitBytes: 128e6, usedBytes: 100e6, availableBytes: 28e6, percent: 78 };
  const reader = new ProcessImageReader(program, () => Promise.resolve(tight));
  t.after(() => reader.close());
  const image = { type: "jpg", bytes: new Uint8Array(), pixels: 1e6 } as const;
  await assert.rejects(reader.thumbnail(image), { statusCode: 503, code: "not_enough_memory" });
});

test("a decoder that cannot run is a 503, not a crash", async (t) => {
  const reader = new ProcessImageReader("/no/such/decoder.mjs", plenty);
  t.after(() => reader.close());
  const image = inspectImage(toPng(draw(8, 8, waves)));
  await assert.rejects(reader.thumbnail(image), { statusCode: 503, code: "decoder_failed" });
});
