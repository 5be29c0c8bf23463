import assert from "node:assert/strict";
import { test } from "node:test";
import { Field, UNKNOWN, UnknownInputError } from "../../policies/field";

const root = new Field(
  {
    spec: { replicas: 2, on: true, name: "api", list: ["a", UNKNOWN], later: UNKNOWN, none: null },
  },
  "",
);
const spec = root.at("spec");

test("a field gives what is there, by its type alone", () => {
  assert.equal(spec.at("replicas").amount, 2);
  assert.equal(spec.at("replicas").text, undefined);
  assert.equal(spec.at("on").flag, true);
  assert.equal(spec.at("name").text, "api");
  assert.equal(spec.at("name").flag, undefined);
  assert.equal(spec.at("name").amount, undefined);
  assert.deepEqual(spec.at("name").list, []);
  assert.deepEqual(spec.at("list").members, []);
});

test("what is absent has absent parts, and is told from what is unknown", () => {
  const absent = spec.at("nothing", "below", "it");
  assert.deepEqual([absent.isAbsent, absent.isUnknown], [true, false]);
  assert.deepEqual([absent.text, absent.list, absent.members], [undefined, [], []]);
  assert.equal(spec.at("none").isAbsent, true);
  assert.equal(spec.at("name", "deeper").isAbsent, true);
});

test("to go past what is unknown is no fault, to read it is, with its path", () => {
  const later = spec.at("later", "deeper");
  assert.equal(later.isUnknown, true);
  for (const read of [
    () => later.text,
    () => later.amount,
    () => later.flag,
    () => later.list,
    () => later.members,
    () => later.isAbsent,
  ]) {
    assert.throws(read, (error) => {
      assert.ok(error instanceof UnknownInputError);
      assert.equal(error.path, "spec.later");
      return true;
    });
  }
  assert.throws(() => spec.at("list").texts, { path: "spec.list[1]" });
});
