import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeImage } from "../../../services/model-api/src/image/decode-image.js";
import { type DecodedImage } from "../../../services/model-api/src/image/decoded-image.js";
import { luminanceThumbnail } from "../../../services/model-api/src/image/luminance-thumbnail.js";
import { cosineSimilarity } from "../../../services/model-api/src/model/cosine-similarity.js";
import { dctLowFrequencies } from "../../../services/model-api/src/model/dct-low-frequencies.js";
import { perceptualHash } from "../../../services/model-api/src/model/perceptual-hash.js";
import { seededRandom } from "../../../services/model-api/src/model/seeded-random.js";
import { draw, rings, toJpeg, toPng, waves } from "./support/pictures.js";

const hashOf = (image: DecodedImage) =>
  perceptualHash(dctLowFrequencies(luminanceThumbnail(image)));

function distance(a: string, b: string): number {
  const differing = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  return differing.toString(2).replaceAll("0", "").length;
}

const original = draw(320, 240, waves);

test("a PNG round trip keeps the hash", () => {
  const decoded = decodeImage({ type: "png", bytes: toPng(original) });
  assert.equal(hashOf(decoded), hashOf(original));
});

for (const quality of [90, 50, 20]) {
  test(`a JPEG of quality ${quality} keeps near the hash`, () => {
    const decoded = decodeImage({ type: "jpg", bytes: toJpeg(original, quality) });
    assert.ok(distance(hashOf(decoded), hashOf(original)) <= 6);
  });
}

for (const [width, height] of [
  [160, 120],
  [640, 480],
  [200, 300],
  [33, 35],
] as const) {
  test(`scaled to ${width} x ${height} it keeps near the hash`, () => {
    assert.ok(distance(hashOf(draw(width, height, waves)), hashOf(original)) <= 8);
  });
}

test("another picture has another hash", () => {
  assert.ok(distance(hashOf(draw(320, 240, rings)), hashOf(original)) >= 16);
});

test("a picture smaller than the thumbnail, and a flat one, have hashes too", () => {
  assert.match(hashOf(draw(1, 1, () => 0.5)), /^[0-9a-f]{16}$/);
  assert.match(hashOf(draw(3, 90, waves)), /^[0-9a-f]{16}$/);
});

test("transparent pixels are white", () => {
  const clear = { width: 2, height: 2, data: new Uint8Array(16) };
  assert.deepEqual(new Set(luminanceThumbnail(clear)), new Set([255]));
});

test("the transform agrees with its definition", () => {
  const random = seededRandom("picture");
  const picture = Float64Array.from({ length: 1024 }, random);
  const actual = dctLowFrequencies(picture);
  const basis = (frequency: number, at: number) =>
    Math.cos(((2 * at + 1) * frequency * Math.PI) / 64);
  for (const [u, v] of [
    [0, 0],
    [3, 5],
    [7, 1],
  ] as const) {
    let expected = 0;
    for (const [index, value] of picture.entries()) {
      expected += value * basis(u, index % 32) * basis(v, Math.floor(index / 32));
    }
    const found = actual[v * 8 + u] ?? NaN;
    const turned = actual[u * 8 + v] ?? NaN;
    assert.ok(
      Math.min(Math.abs(found - expected), Math.abs(turned - expected)) < 1e-9,
      `frequency ${u}, ${v}`,
    );
  }
});

test("cosine similarity: alike 1, opposite -1, zero 0", () => {
  const a = Float64Array.of(1, 2, 3);
  assert.ok(Math.abs(cosineSimilarity(a, Float64Array.of(2, 4, 6)) - 1) < 1e-12);
  assert.ok(Math.abs(cosineSimilarity(a, Float64Array.of(-1, -2, -3)) + 1) < 1e-12);
  assert.equal(cosineSimilarity(a, new Float64Array(3)), 0);
});
