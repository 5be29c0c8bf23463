import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Duration } from "../../../model/units/duration";

const allowed = "a whole number of s, m, h, d or w such as 15s, 5m or 15d, at least 1s";
const spans = fc.integer({ min: 1, max: 2 ** 40 }).map((amount) => Duration.seconds(amount));

for (const [text, written] of [
  ["45s", "45s"],
  ["90s", "1m30s"],
  ["20m", "20m"],
  ["1h", "1h"],
  ["65m", "1h5m"],
  ["3605s", "1h0m5s"],
  ["1d", "24h"],
] as const) {
  test(`${text} is ${written} in Go`, () =>
    assert.equal(Duration.parse(text).toGoString(), written));
}

describe("Duration.parse", () => {
  for (const [text, seconds, written] of [
    ["1s", 1, "1s"],
    ["15s", 15, "15s"],
    ["60s", 60, "1m"],
    ["90s", 90, "90s"],
    ["5m", 300, "5m"],
    ["2h", 7200, "2h"],
    ["24h", 86_400, "1d"],
    ["15d", 1_296_000, "15d"],
    ["14d", 1_209_600, "2w"],
    ["4w", 2_419_200, "4w"],
  ] as const) {
    test(`reads ${text} as ${seconds} seconds and writes it as ${written}`, () => {
      const span = Duration.parse(text);
      assert.equal(span.seconds, seconds);
      assert.equal(span.toString(), written);
      assert.equal(span.toSecondsString(), `${seconds}s`);
    });
  }

  for (const text of [
    "",
    "15",
    "0s",
    "0m",
    "-1s",
    "1.5h",
    "100ms",
    "1h30m",
    "1y",
    "1M",
    "1S",
    "1 m",
    " 1m",
    "1m\n",
    "one day",
    "99999999999999999w",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const message = `found "${text}"; allowed: ${allowed}`;
      assert.throws(() => Duration.parse(text), { name: "RangeError", message });
    });
  }
});

describe("Duration.seconds", () => {
  for (const amount of [0, -1, 0.5, Number.NaN, 2 ** 53]) {
    test(`refuses ${amount}`, () => {
      const message = `found ${amount} s; allowed: ${allowed}`;
      assert.throws(() => Duration.seconds(amount), { name: "RangeError", message });
    });
  }
});

test("what a span writes, it reads back the same, in both written forms", () => {
  fc.assert(
    fc.property(spans, (span) => {
      assert.deepEqual(Duration.parse(span.toString()), span);
      assert.deepEqual(Duration.parse(span.toSecondsString()), span);
    }),
  );
});

test("the written form is what the pattern for editors accepts", () => {
  fc.assert(fc.property(spans, (span) => Duration.pattern.test(span.toString())));
});
