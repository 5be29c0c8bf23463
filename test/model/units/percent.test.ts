import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Percent } from "../../../model/units/percent";

const allowed = "a percentage such as 5% or 99.9%, from 0% to 100%";
const shares = fc
  .integer({ min: 0, max: 1_000_000 })
  .map((parts) => Percent.parse(`${(parts / 10_000).toFixed(4)}%`));

describe("Percent.parse", () => {
  for (const [text, ratio, written] of [
    ["0%", 0, "0%"],
    ["5%", 0.05, "5%"],
    ["0.1 %", 0.001, "0.1%"],
    ["33.3333%", 0.333333, "33.3333%"],
    ["99.9%", 0.999, "99.9%"],
    ["99.95%", 0.9995, "99.95%"],
    ["100%", 1, "100%"],
    ["100.0%", 1, "100%"],
  ] as const) {
    test(`reads ${text} as ${ratio} and writes it as ${written}`, () => {
      const share = Percent.parse(text);
      assert.equal(share.ratio, ratio);
      assert.equal(share.toString(), written);
    });
  }

  for (const text of [
    "",
    "5",
    "%",
    "-1%",
    "101%",
    "100.1%",
    "5.%",
    ".5%",
    "5%%",
    "0.00001%",
    "a%",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const message = `found "${text}"; allowed: ${allowed}`;
      assert.throws(() => Percent.parse(text), { name: "RangeError", message });
    });
  }
});

test("the rest of an objective is exact: 0.1 % of 99.9 %, no noise behind it", () => {
  for (const [share, rest] of [
    ["99.9%", 0.001],
    ["99.95%", 0.0005],
    ["99%", 0.01],
    ["100%", 0],
  ] as const) {
    assert.equal(Percent.parse(share).rest.ratio, rest);
  }
});

test("what a share writes, it reads back the same, and its rest's rest is itself", () => {
  fc.assert(
    fc.property(shares, (share) => {
      assert.deepEqual(Percent.parse(share.toString()), share);
      assert.deepEqual(share.rest.rest, share);
      assert.match(share.toString(), Percent.pattern);
    }),
  );
});
