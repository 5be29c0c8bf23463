import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisteredResource } from "../../../cli/engine/program-run";
import { SecretValue, unknownValue } from "../../../cli/engine/wire-values";
import { knownSecrets, policyResource } from "../../../cli/plan/policy-resources";
import { UNKNOWN } from "../../../policies/field";

const registered = (given: Partial<RegisteredResource>): RegisteredResource => ({
  ...{ urn: "urn:a", type: "docker:index/volume:Volume", name: "a", custom: true, external: false },
  ...{ inputs: {}, dependencies: [], propertyDependencies: {}, protect: false },
  ...{ retainOnDelete: false, deleteBeforeReplace: false, ignoreChanges: [], replaceOnChanges: [] },
  ...{ additionalSecretOutputs: [], aliases: [], version: "", provider: "", deletedWith: "" },
  ...given,
});

test("policies see inputs as a pack would: unknown where unknown, secrets without their mark", () => {
  const inputs = {
    plain: "a",
    secret: new SecretValue({ inner: ["b", new SecretValue("c"), unknownValue] }),
    later: new SecretValue(unknownValue),
    list: [unknownValue, 1, true, null],
  };
  assert.deepEqual(policyResource(registered({ inputs, protect: true })), {
    urn: "urn:a",
    type: "docker:index/volume:Volume",
    name: "a",
    protect: true,
    properties: {
      plain: "a",
      secret: { inner: ["b", "c", UNKNOWN] },
      later: UNKNOWN,
      list: [UNKNOWN, 1, true, null],
    },
  });
});

test("of the stack they see the outputs, without those that are marked as secret", () => {
  const type = "pulumi:pulumi:Stack";
  const outputs = { url: "http://a", password: new SecretValue("b"), all: [new SecretValue("c")] };
  const seen = policyResource(registered({ type, inputs: { x: 1 }, outputs }));
  assert.deepEqual(seen.properties, { url: "http://a", password: UNKNOWN, all: [UNKNOWN] });
  const without = policyResource(registered({ type }));
  assert.deepEqual(without.properties, {});
});

test("secrets of the stack file are known by what stands in their place, short ones are not", () => {
  const file = {
    ...{ project: "whalewatch", stack: "try", directory: "/" },
    settings: { project: "whalewatch", stack: "try", values: {}, encryptedKeys: [], secrets: {} },
    config: {
      "secrets:smtp": "correct horse",
      "secrets:pin": "1234567",
      "whalewatch:x": "plain text",
    },
    secretKeys: ["secrets:smtp", "secrets:pin", "secrets:gone"],
  };
  assert.deepEqual(knownSecrets(file), [{ label: "secrets:smtp", value: "correct horse" }]);
});
