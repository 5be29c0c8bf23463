import assert from "node:assert/strict";
import { test } from "node:test";
import { stableOrder } from "../../../cli/engine/stable-order";

const stack = { urn: "stack", dependencies: [] };
const a = { urn: "a", parent: "stack", dependencies: ["c", "gone"] };
const b = { urn: "b", parent: "stack", dependencies: [] };
const c = { urn: "c", parent: "d", dependencies: [] };
const d = { urn: "d", parent: "stack", dependencies: [] };

test("the order is the same however the resources arrive, needed ones first", () => {
  const order = ["stack", "d", "c", "a", "b"];
  for (const arrival of [
    [stack, a, b, c, d],
    [d, c, b, a, stack],
    [b, stack, d, a, c],
  ]) {
    assert.deepEqual(
      stableOrder(arrival).map(({ urn }) => urn),
      order,
    );
  }
});

test("a cycle does not hang", () => {
  const x = { urn: "x", dependencies: ["y"] };
  const y = { urn: "y", dependencies: ["x"] };
  assert.deepEqual(stableOrder([x, y]), [y, x]);
});
