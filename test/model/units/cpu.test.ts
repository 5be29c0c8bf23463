import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Cpu } from "../../../model/units/cpu";

const allowed = "cores such as 0.5 or 2, or thousandths such as 500m, at least 100m";
const shares = fc.integer({ min: 100, max: 1_000_000 }).map((amount) => Cpu.millis(amount));

describe("Cpu.parse", () => {
  for (const [text, millis, written] of [
    ["100m", 100, "0.1"],
    ["500m", 500, "0.5"],
    ["1500m", 1500, "1.5"],
    ["0.1", 100, "0.1"],
    ["0.25", 250, "0.25"],
    ["0.333", 333, "0.333"],
    ["1.001", 1001, "1.001"],
    ["2", 2000, "2"],
    ["2.0", 2000, "2"],
  ] as const) {
    test(`reads ${text} as ${millis} thousandths and writes it as ${written}`, () => {
      const cpu = Cpu.parse(text);
      assert.equal(cpu.millis, millis);
      assert.equal(cpu.cores, millis / 1000);
      assert.equal(cpu.toString(), written);
    });
  }

  for (const text of [
    "",
    "0",
    "0m",
    "99m",
    "0.099",
    "0.0001",
    "0.1234",
    "0.5m",
    "-1",
    "50%",
    "1 core",
    ".5",
    "1.",
    "1e3",
    "0,5",
    "500M",
    " 1",
    "1\n",
    "NaN",
    "Infinity",
    "9007199254740993m",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const message = `found "${text}"; allowed: ${allowed}`;
      assert.throws(() => Cpu.parse(text), { name: "RangeError", message });
    });
  }
});

describe("Cpu.millis", () => {
  for (const amount of [99, 0, -100, 100.5, Number.NaN, 2 ** 53]) {
    test(`refuses ${amount}`, () => {
      const message = `found ${amount}m; allowed: ${allowed}`;
      assert.throws(() => Cpu.millis(amount), { name: "RangeError", message });
    });
  }
});

test("what a share writes, it reads back the same, in cores and in thousandths", () => {
  fc.assert(
    fc.property(shares, (share) => {
      assert.deepEqual(Cpu.parse(share.toString()), share);
      assert.deepEqual(Cpu.parse(`${share.millis}m`), share);
    }),
  );
});

test("the written form is what the pattern for editors accepts", () => {
  fc.assert(fc.property(shares, (share) => Cpu.pattern.test(share.toString())));
});
