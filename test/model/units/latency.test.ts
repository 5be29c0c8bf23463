import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Latency } from "../../../model/units/latency";

const allowed = "a whole number of ms, s or m such as 250ms or 2s, at least 1ms";

describe("Latency.parse", () => {
  for (const [text, milliseconds, seconds, written] of [
    ["1ms", 1, 0.001, "1ms"],
    ["250ms", 250, 0.25, "250ms"],
    ["1000ms", 1000, 1, "1s"],
    ["2s", 2000, 2, "2s"],
    ["90s", 90_000, 90, "90s"],
    ["5m", 300_000, 300, "5m"],
  ] as const) {
    test(`reads ${text} as ${seconds} s and writes it as ${written}`, () => {
      const time = Latency.parse(text);
      assert.equal(time.milliseconds, milliseconds);
      assert.equal(time.seconds, seconds);
      assert.equal(time.toString(), written);
    });
  }

  for (const text of [
    "",
    "0ms",
    "0s",
    "2",
    "1.5s",
    "-1s",
    "2h",
    "1us",
    "s",
    "99999999999999999s",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const message = `found "${text}"; allowed: ${allowed}`;
      assert.throws(() => Latency.parse(text), { name: "RangeError", message });
    });
  }
});

test("what a time writes, it reads back the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (amount) => {
      const time = Latency.parse(`${amount}ms`);
      assert.deepEqual(Latency.parse(time.toString()), time);
      assert.match(time.toString(), Latency.pattern);
    }),
  );
});
