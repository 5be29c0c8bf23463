import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { draw, rings, toJpeg, toPng, waves } from "./support/pictures.js";
import { testApp } from "./support/test-app.js";
import { upload } from "./support/upload.js";

const png = toPng(draw(120, 80, waves));

/** A real PNG whose header claims other dimensions. */
function claimingSize(width: number, height: number): Buffer {
  const claimed = Buffer.from(png);
  claimed.writeUInt32BE(width, 16);
  claimed.writeUInt32BE(height, 20);
  return claimed;
}

async function predict(
  t: Parameters<typeof testApp>[0],
  body: Awaited<ReturnType<typeof upload>>,
  parts: Parameters<typeof testApp>[1] = {},
) {
  const { app } = await testApp(t, parts);
  return app.inject({ method: "POST", url: "/predict", ...body });
}

for (const [kind, bytes] of [
  ["PNG", png],
  ["JPEG", toJpeg(draw(120, 80, waves))],
] as const) {
  test(`identifies a ${kind}, each time alike`, async (t) => {
    const answers = [
      await predict(t, await upload(bytes)),
      await predict(t, await upload(bytes)),
    ].map((answer) => {
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.headers["x-cache"], undefined);
      const { durationMs, ...found } = answer.json<Record<string, unknown>>();
      assert.ok(Number(durationMs) > 0);
      return found;
    });
    const [first = {}, second] = answers;
    assert.deepEqual(first, second);
    assert.equal(first["model"], "efficientnet-v1");
    assert.match(String(first["whaleId"]), /^whale-\d{3}$/);
    assert.match(String(first["hash"]), /^[0-9a-f]{16}$/);
    assert.ok(Number(first["confidence"]) > 0.5 && Number(first["confidence"]) <= 1);
  });
}

test("each model has weights of its own, and one hash for all", async (t) => {
  const body = await upload(toPng(draw(64, 64, rings)));
  const results = [];
  for (const modelName of ["efficientnet-v1", "efficientnet-v2", "resnet-v1"] as const) {
    results.push((await predict(t, body, { modelName })).json<Record<string, unknown>>());
  }
  assert.equal(new Set(results.map((result) => result["confidence"])).size, 3);
  assert.equal(new Set(results.map((result) => result["hash"])).size, 1);
});

const refusals: readonly (readonly [string, number, string, readonly Buffer[]])[] = [
  ["no file", 400, "no_image", []],
  ["an empty file", 400, "no_image", [Buffer.alloc(0)]],
  ["a text file", 415, "unsupported_media_type", [Buffer.from("a whale")]],
  ["a GIF", 415, "unsupported_media_type", [Buffer.from("GIF89a-and-more")]],
  ["a PNG cut short", 400, "undecodable_image", [png.subarray(0, png.length / 2)]],
  ["a PNG without a header", 400, "undecodable_image", [png.subarray(0, 8)]],
  ["a JPEG cut short", 400, "undecodable_image", [toJpeg(draw(64, 64, waves)).subarray(0, 400)]],
  ["more than 16 megapixels", 400, "too_many_pixels", [claimingSize(4001, 4000)]],
  ["a size beyond all bounds", 400, "too_many_pixels", [claimingSize(2 ** 31 - 1, 2 ** 31 - 1)]],
  ["a size of nothing", 400, "undecodable_image", [claimingSize(0, 0)]],
  [
    "more than 5 MiB",
    413,
    "upload_too_large",
    [Buffer.concat([png, randomBytes(5 * 2 ** 20 - png.length + 1)])],
  ],
];

for (const [what, statusCode, error, files] of refusals) {
  test(`refuses ${what} with ${statusCode}`, async (t) => {
    const answer = await predict(t, await upload(...files));
    assert.equal(answer.statusCode, statusCode, answer.body);
    const body = answer.json<Record<string, unknown>>();
    assert.equal(body["error"], error);
    assert.match(String(body["requestId"]), /^[0-9a-f-]{36}$/);
  });
}

test("takes an image of exactly 5 MiB", async (t) => {
  // Bytes after the end of a JPEG are of no account.
  const jpeg = toJpeg(draw(64, 64, waves));
  const bytes = Buffer.concat([jpeg, Buffer.alloc(5 * 2 ** 20 - jpeg.length)]);
  assert.equal((await predict(t, await upload(bytes))).statusCode, 200);
});

test("refuses a body that is no upload with 415, and none at all with 400", async (t) => {
  const { app } = await testApp(t);
  const post = { method: "POST", url: "/predict" } as const;
  for (const type of ["application/json", "text/plain", "image/png"]) {
    const answer = await app.inject({ ...post, payload: "{}", headers: { "content-type": type } });
    assert.equal(answer.statusCode, 415, type);
  }
  assert.equal((await app.inject(post)).statusCode, 400);
});

test("answers 503 until the model is loaded", async (t) => {
  const answer = await predict(t, await upload(png), { model: () => undefined });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.headers["retry-after"], "1");
  assert.equal(answer.json<Record<string, unknown>>()["error"], "model_not_loaded");
});
