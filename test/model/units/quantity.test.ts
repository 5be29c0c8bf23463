import assert from "node:assert/strict";
import { test } from "node:test";
import { quantity, quantityInMiB, quantityInMillis } from "../../../model/units/quantity";

for (const [text, amount] of [
  ["0", 0],
  ["2", 2],
  ["0.5", 0.5],
  ["500m", 0.5],
  ["1e3", 1000],
  ["1E3", 1000],
  ["2E", 2e18],
  ["64Ki", 65_536],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["250M", 250e6],
] as const) {
  test(`${text} is ${amount}`, () => {
    assert.equal(quantity(text), amount);
  });
}

test("memory is told in MiB and CPU in thousandths", () => {
  assert.deepEqual([quantityInMiB("1Gi"), quantityInMillis("1500m")], [1024, 1500]);
});

for (const text of ["", "much", "1 Gi", "1gi", "--1"]) {
  test(`"${text}" is none`, () => {
    assert.throws(() => quantity(text), RangeError);
  });
}
