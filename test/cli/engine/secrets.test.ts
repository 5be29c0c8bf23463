import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { canary, passwordCanary } from "../../../cli/engine/canaries";
import { findLeaks } from "../../../cli/engine/leaks";
import {
  AssetValue,
  decodeValue,
  isUnknown,
  ResourceReference,
  revealSecrets,
  SecretValue,
  unknownValue,
  wireSecret,
} from "../../../cli/engine/wire-values";

const KEY = "4dabf18193072939515e22adb298388d";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("values on the wire", () => {
  for (const [name, wire, expected] of [
    ["plain values", { a: [1, null, "x", { b: true }] }, { a: [1, null, "x", { b: true }] }],
    ["an unknown", [UNKNOWN], [unknownValue]],
    ["a secret in a list", ["a", wireSecret("b")], ["a", new SecretValue("b")]],
    ["an unknown output", { [KEY]: OUTPUT }, unknownValue],
    ["a secret output", { [KEY]: OUTPUT, value: 1, secret: true }, new SecretValue(1)],
    ["a resource", { [KEY]: RESOURCE, urn: "u", id: "" }, new ResourceReference("u", unknownValue)],
    ["a text asset", { [KEY]: ASSET, text: "t" }, new AssetValue("asset", { text: "t" })],
  ] as const) {
    test(`${name} is decoded`, () => assert.deepEqual(decodeValue(wire), expected));
  }

  test("a value of a kind that is not known is refused", () => {
    assert.throws(() => decodeValue({ [KEY]: "new" }), /unknown kind 'new'/);
  });

  test("a secret is not marked twice", () => {
    const once = wireSecret("a");
    assert.equal(wireSecret(once), once);
  });

  test("secrets can be revealed, unknowns told", () => {
    assert.deepEqual(revealSecrets({ a: [new SecretValue({ b: new SecretValue(1) })] }), {
      a: [{ b: 1 }],
    });
    assert.ok(isUnknown(new SecretValue(unknownValue)));
    assert.equal(JSON.stringify({ id: unknownValue }), '{"id":"<known after deployment>"}');
  });
});

describe("made-up passwords", () => {
  test("are alphanumeric, of the length asked, stable, and unique to a URN", () => {
    for (const length of [1, 32, 100]) {
      assert.match(passwordCanary("urn:a", length), new RegExp(`^[A-Za-z0-9]{${length}}$`));
    }
    assert.equal(passwordCanary("urn:a", 40), passwordCanary("urn:a", 40));
    assert.notEqual(passwordCanary("urn:a", 40), passwordCanary("urn:b", 40));
  });
});

describe("leaks", () => {
  const secret = 'pä"ss/wörd+1';
  const leaks = (value: unknown) => {
    const outputs = { value };
    const found = findLeaks({ resources: [], outputs, diagnostics: [] }, [canary("db", secret)]);
    return found.map(({ path, message }) => [path, / \((\S+)\)\./.exec(message)?.[1] ?? "plain"]);
  };

  for (const [name, value, expected] of [
    ["in the plain", `x${secret}y`, "plain"],
    ["JSON-escaped", JSON.stringify({ secret }), "JSON-escaped"],
    ["as part of a URL", `redis://:${encodeURIComponent(secret)}@h`, "URL-encoded"],
    ["as a form", new URLSearchParams({ secret }).toString(), "URL-encoded"],
    ["in hex", Buffer.from(secret).toString("hex").toUpperCase(), "hex-encoded"],
    ["in base64", Buffer.from(secret).toString("base64"), "base64-encoded"],
    ["in base64 after a byte", Buffer.from(`:${secret}`).toString("base64"), "base64-encoded"],
    ["in base64 amid text", Buffer.from(`u:${secret}@h`).toString("base64"), "base64-encoded"],
    ["in base64url", Buffer.from(`u:${secret}`).toString("base64url"), "base64-encoded"],
  ] as const) {
    test(`${name} are found`, () => assert.deepEqual(leaks(value), [["outputs.value", expected]]));
  }

  test("are found in keys, lists and assets, with their path", () => {
    assert.deepEqual(leaks({ "a-b": [{ [secret]: 1 }] }), [
      ['a key of outputs.value["a-b"][0]', "plain"],
    ]);
    assert.deepEqual(leaks(new AssetValue("asset", { text: secret })), [
      ["outputs.value.text", "plain"],
    ]);
  });

  test("are not seen in what is marked secret, unknown or unlike", () => {
    assert.deepEqual(leaks([new SecretValue({ a: secret }), unknownValue, 1, null, "pass"]), []);
  });
});
