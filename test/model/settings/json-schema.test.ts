import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020";
import { parse } from "yaml";
import { stackFileSchema } from "../../../model/settings/json-schema";
import { projectFile, service, type Values } from "../../support/stack-settings";

const onDisk: unknown = JSON.parse(projectFile("stack.schema.json"));
const fresh = stackFileSchema("whalewatch");
// Editors know ipv4; ajv would need a further package, and the pattern beside it says the same.
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { ipv4: true } });
const validate = ajv.compile(fresh);

function faultsOf(file: unknown): string[] {
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

test('stack.schema.json is what "whalewatch schema" writes today', () => {
  assert.deepEqual(onDisk, JSON.parse(JSON.stringify(fresh)));
});

for (const name of ["Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
  test(`${name} is valid, and names the schema in its first line`, () => {
    const text = projectFile(name);
    assert.deepEqual(faultsOf(parse(text)), []);
    assert.match(text, /^# yaml-language-server: \$schema=\.\/stack\.schema\.json\n/);
  });
}

const config = (values: Values): unknown => ({ config: values });
const api = (changes: Values): unknown =>
  config({ "whalewatch:services": { api: service(changes) } });

describe("what Pulumi itself writes is valid", () => {
  for (const [title, file] of [
    ["nothing", {}],
    ["no settings", config({})],
    ["settings of a provider", config({ "docker:host": "unix:///run/docker.sock" })],
    ["an encrypted secret", config({ "secrets:token": { secure: "v1:AAAA" } })],
    ["the key of the secrets", { encryptionsalt: "v1:AAAA", config: {} }],
    ["a cloud's secrets provider", { secretsprovider: "awskms://alias/x", encryptedkey: "AAAA" }],
  ] as const) {
    test(title, () => {
      assert.deepEqual(faultsOf(file), []);
    });
  }
});

describe("mistakes are marked where they stand", () => {
  const at = "/config/whalewatch:services";
  for (const [title, file, ...faults] of [
    ["an unknown section", config({ "whalewatch:postgress": {} }), "/config additionalProperties"],
    ["an unknown key", api({ replica: 2 }), `${at}/api additionalProperties`],
    [
      "a decimal unit",
      api({ limits: { memory: "1M", cpu: 1 } }),
      `${at}/api/limits/memory pattern`,
    ],
    ["no limits", api({ limits: undefined }), `${at}/api required`],
    ["no cpu limit", api({ limits: { memory: "1Gi" } }), `${at}/api/limits required`],
    ["an image without a tag", api({ image: "api" }), `${at}/api/image pattern`],
    ["the tag latest", api({ image: "api:latest" }), `${at}/api/image pattern`],
    ["a port out of range", api({ port: 65_536 }), `${at}/api/port maximum`],
    ["root", api({ user: "0:0" }), `${at}/api/user pattern`],
    ["a secret in plain text", config({ "secrets:token": "x" }), "/config/secrets:token type"],
    [
      "an encrypted setting",
      config({ "whalewatch:platform": { secure: "AAAA" } }),
      "/config/whalewatch:platform type",
      "/config/whalewatch:platform enum",
    ],
    [
      "a name that is no DNS label",
      config({ "whalewatch:services": { Api: service() } }),
      `${at} pattern`,
      `${at} propertyNames`,
    ],
  ] as const) {
    test(title, () => {
      assert.deepEqual(faultsOf(file), faults);
    });
  }
});
