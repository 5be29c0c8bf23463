import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Size } from "../../../model/units/size";

const allowed = "a size in Mi, Gi or Ti such as 512Mi or 1.5Gi, at least 1Mi, in whole Mi";
const sizes = fc.integer({ min: 1, max: 2 ** 40 }).map((amount) => Size.mebibytes(amount));

describe("Size.parse", () => {
  for (const [text, mebibytes, written] of [
    ["1Mi", 1, "1Mi"],
    ["512Mi", 512, "512Mi"],
    ["0512Mi", 512, "512Mi"],
    ["1024Mi", 1024, "1Gi"],
    ["0.5Gi", 512, "512Mi"],
    ["1.5Gi", 1536, "1536Mi"],
    ["8Gi", 8192, "8Gi"],
    ["1Ti", 1_048_576, "1Ti"],
    ["1.25Ti", 1_310_720, "1280Gi"],
  ] as const) {
    test(`reads ${text} as ${mebibytes} MiB and writes it as ${written}`, () => {
      const size = Size.parse(text);
      assert.equal(size.mebibytes, mebibytes);
      assert.equal(size.toString(), written);
    });
  }

  for (const text of [
    "",
    "512",
    "512M",
    "512MB",
    "512MiB",
    "512mi",
    "1G",
    "512Ki",
    "0Mi",
    "0.5Mi",
    "0.1Gi",
    "-1Gi",
    "+1Gi",
    "1,5Gi",
    ".5Gi",
    "1.Gi",
    "1e3Mi",
    " 1Gi",
    "1 Gi",
    "1Gi\n",
    "99999999999999999999Ti",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const message = `found "${text}"; allowed: ${allowed}`;
      assert.throws(() => Size.parse(text), { name: "RangeError", message });
    });
  }
});

describe("Size.mebibytes", () => {
  for (const amount of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    test(`refuses ${amount}`, () => {
      const message = `found ${amount} MiB; allowed: ${allowed}`;
      assert.throws(() => Size.mebibytes(amount), { name: "RangeError", message });
    });
  }
});

test("what a size writes, it reads back the same", () => {
  fc.assert(
    fc.property(sizes, (size) => {
      assert.deepEqual(Size.parse(size.toString()), size);
    }),
  );
});

test("the written form is what the pattern for editors accepts", () => {
  fc.assert(fc.property(sizes, (size) => Size.pattern.test(size.toString())));
});

describe("times", () => {
  for (const [text, factor, expected] of [
    ["256Mi", 0.25, 64],
    ["128Mi", 0.75, 96],
    ["5Gi", 0.8, 4096],
    ["5Mi", 0.5, 2],
    ["1Mi", 0.1, 1],
    ["1Gi", 2, 2048],
  ] as const) {
    test(`${text} times ${factor} is ${expected} MiB, rounded down but never 0`, () => {
      assert.equal(Size.parse(text).times(factor).mebibytes, expected);
    });
  }

  test("a share is at least 1 MiB, never more than the whole and less than 1 MiB below exact", () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sizes, shares, (size, share) => {
        const part = size.times(share).mebibytes;
        assert.ok(Number.isSafeInteger(part) && part >= 1 && part <= size.mebibytes);
        assert.ok(part === 1 || size.mebibytes * share - part < 1);
      }),
    );
  });
});

test("sumMebibytes adds any number of sizes in any order; none is 0", () => {
  assert.equal(Size.sumMebibytes([]), 0);
  assert.equal(Size.sumMebibytes(["512Mi", "1.5Gi", "1Mi"].map((text) => Size.parse(text))), 2049);
  fc.assert(
    fc.property(fc.array(sizes), (many) => {
      const expected = many.map(({ mebibytes }) => mebibytes).reduce((a, b) => a + b, 0);
      assert.equal(Size.sumMebibytes(many), expected);
      assert.equal(Size.sumMebibytes([...many].reverse()), expected);
    }),
  );
});
