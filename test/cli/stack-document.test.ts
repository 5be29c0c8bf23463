import assert from "node:assert/strict";
import { test } from "node:test";
import { readStackFile } from "../../cli/stack-file";
import { temporaryFolder } from "../support/temporary-folder";

const PROJECT = "name: whalewatch\nruntime: nodejs\n";

const BOTH = (key: string) =>
  `Pulumi.dev.yaml: config: found both ${key} and whalewatch:${key}, which are one setting; allowed: one of them. Delete the other.`;
for (const [what, text, message] of [
  [
    "settings written both ways",
    "config: { services: {}, whalewatch:host: x, whalewatch:services: {}, host: y, other:host: z }",
    `${BOTH("services")}\n${BOTH("host")}`,
  ],
  [
    "a setting of which one way is merged",
    "encryptionsalt: x\nconfig: { <<: { services: {} }, whalewatch:services: {} }",
    BOTH("services"),
  ],
] as const) {
  test(`${what}: refused, since only one of them would hold`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
    assert.throws(() => readStackFile(directory, "dev"), { name: "UserError", message });
  });
}

test("merge keys and aliases are followed, as Pulumi follows them, for any number of services", (context) => {
  const names = Array.from({ length: 150 }, (_, index) => `s${index}`);
  const services = names.map((name) => `    ${name}:\n      <<: *common\n      port: 1\n`).join("");
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": PROJECT,
    "Pulumi.dev.yaml": `config:
  other:common: &common { image: "a:1", port: 8000, env: &env { A: { secure: v1:CIPHERTEXT } } }
  whalewatch:services:
    api: { <<: [{ env: *env }, *common], port: 2 }
${services}`,
  });
  const { settings } = readStackFile(directory, "dev");
  const common = { image: "a:1", env: { A: "secret-value-of-whalewatch-services-api-env-A" } };
  const found = settings.values["services"];
  assert.ok(typeof found === "object" && found !== null && "api" in found && "s149" in found);
  assert.deepEqual(found.api, { ...common, port: 2 });
  assert.equal(Object.keys(found).length, 151);
  assert.deepEqual(settings.encryptedKeys, ["services"]);
});

const CYCLE =
  "found *a within &a, which it stands for; allowed: an alias of something else. Write out what is meant.";
const UNFOLLOWED = "Pulumi.dev.yaml has an alias or merge key that cannot be followed:";
for (const [what, text, message] of [
  [
    "an alias within a mapping",
    "config:\n  whalewatch:services:\n    api: &a\n      image: *a\n",
    `Pulumi.dev.yaml: config.whalewatch:services.api.image: ${CYCLE}`,
  ],
  [
    "an alias within a list",
    "config:\n  whalewatch:x: &a [1, { y: *a }]\n",
    `Pulumi.dev.yaml: config.whalewatch:x.1.y: ${CYCLE}`,
  ],
  ["a merge of itself", "config: &a\n  <<: *a\n", `Pulumi.dev.yaml: config.<<: ${CYCLE}`],
  [
    "an alias of nothing",
    "config: { whalewatch:x: *a }\n",
    `${UNFOLLOWED} Unresolved alias (the anchor must be set before the alias): a. Write out what it stands for.`,
  ],
  [
    "a merge of no mapping",
    "config: { <<: 3 }\n",
    `${UNFOLLOWED} Merge sources must be maps or map aliases. Write out what it stands for.`,
  ],
  [
    "aliases without measure",
    `${Array.from({ length: 9 }, (_, depth) => `k${depth}: &k${depth} [${Array.from({ length: 9 }, () => (depth === 0 ? "x" : `*k${depth - 1}`)).join(", ")}]\n`).join("")}`,
    `${UNFOLLOWED} Excessive alias count indicates a resource exhaustion attack. Write out what it stands for.`,
  ],
] as const) {
  test(`${what} is told in words that help`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
    assert.throws(() => readStackFile(directory, "dev"), { name: "UserError", message });
  });
}

test("an anchor may be given anew within what had it", (context) => {
  const text = "config:\n  other:x: &a { y: &a 1, z: *a }\n";
  const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
  assert.deepEqual(readStackFile(directory, "dev").config, { "other:x": '{"y":1,"z":1}' });
});

const TOP = "a mapping with the key config";
const CONFIG = "a mapping of settings, such as whalewatch:services";
for (const [text, place, found, allowed] of [
  ["hello\n", "", "a text", TOP],
  ["- a\n", "", "a list", TOP],
  ["12\n", "", "a number", TOP],
  ["\u0000\u0001\ufffd", "", "a text", TOP],
  ["config: []\n", " config:", "a list", CONFIG],
  ["config: x\n", " config:", "a text", CONFIG],
  ["config: true\n", " config:", "a boolean", CONFIG],
] as const) {
  test(`${JSON.stringify(text)} is refused rather than planned as an empty stack`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
    assert.throws(() => readStackFile(directory, "dev"), {
      name: "UserError",
      message: `Pulumi.dev.yaml:${place} found ${found}; allowed: ${allowed}. Mend the file: Pulumi refuses it too.`,
    });
  });
}

test("values of an env that YAML would change are refused, all at once; those that it keeps are not", (context) => {
  const kept = "{ WORKERS: 4, RATIO: 0.5, DEBUG: true, VERSION: '1.10' }";
  const changed =
    "{ VERSION: 1.10, OCTAL: 0123, HEX: 0x1F, ID: 12345678901234567890, DEBUG: True }";
  const text = `config:
  whalewatch:services:
    api: { limits: { cpu: 0.50 }, env: ${kept} }
    web: { env: ${changed} }
`;
  const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
  const refused = (name: string, found: string, value: string) =>
    `Pulumi.dev.yaml: config.whalewatch:services.web.env.${name}: found ${found}, which YAML reads as ${value}; allowed: text in quotes, "${found}".`;
  assert.throws(() => readStackFile(directory, "dev"), {
    name: "UserError",
    message: [
      refused("VERSION", "1.10", "1.1"),
      refused("OCTAL", "0123", "123"),
      refused("HEX", "0x1F", "31"),
      refused("ID", "12345678901234567890", "12345678901234567000"),
      refused("DEBUG", "True", "true"),
    ].join("\n"),
  });
});
