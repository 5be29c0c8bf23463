import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSpace } from "../../../cli/doctor/disk-space";

for (const [free, status] of [
  [500, "ok"],
  [499, "warn"],
  [50, "warn"],
  [49, "fail"],
] as const) {
  test(`${free} MiB free of 500, at least 50, is ${status}`, () => {
    const found = checkSpace("disk", "/data", { enough: 500, least: 50 }, () => free);
    assert.equal(found.status, status);
    assert.equal(found.found, `${free} MiB are free in /data`);
  });
}

test("space that cannot be seen is a warning", () => {
  const blind = () => {
    throw new Error("ENOENT");
  };
  assert.equal(checkSpace("disk", "/data", { enough: 1, least: 1 }, blind).status, "warn");
});
