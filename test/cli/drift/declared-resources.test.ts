import assert from "node:assert/strict";
import { test } from "node:test";
import { readDeclared } from "../../../cli/drift/declared-resources";
import { shown } from "../../../cli/drift/finding";
import { exported, TYPE, URN } from "./resources";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });

const reading = (text: string) => ({ read: () => text });

test("what was declared is read with its secrets, and a form of it without them", () => {
  const inputs = {
    memory: 96,
    uploads: secret([{ content: "hunter2" }]),
    nested: [{ token: secret("hunter3") }],
  };
  const [resource] = readDeclared(reading(exported(inputs)), "dev");
  assert.deepEqual(resource, {
    ...{ urn: URN, type: TYPE, name: "api", id: "1" },
    inputs: { memory: 96, uploads: [{ content: "hunter2" }], nested: [{ token: "hunter3" }] },
    shownInputs: { memory: 96, uploads: "[secret]", nested: [{ token: "[secret]" }] },
    secretInputs: new Set(["uploads", "nested"]),
  });
});

test("a stack without resources has nothing declared", () => {
  for (const text of ["{}", '{"deployment":{}}', '{"deployment":{"resources":null}}']) {
    assert.deepEqual(readDeclared(reading(text), "dev"), [], text);
  }
});

for (const [value, line] of [
  [undefined, "none"],
  [null, "none"],
  ["", "none"],
  [[], "none"],
  [0, "0"],
  [false, "false"],
  [["a", "b"], "a b"],
  [{ a: 1 }, '{"a":1}'],
  ["two\n  lines", "two lines"],
  ["x".repeat(48), "x".repeat(48)],
  ["x".repeat(49), `${"x".repeat(45)}...`],
] as const) {
  test(`${JSON.stringify(value)} is shown as ${line}`, () => {
    assert.equal(shown(value), line);
  });
}
