import assert from "node:assert/strict";
import { test } from "node:test";
import { checkedStack } from "../../cli/checked-stack";
import { knownStacks, readStackFile } from "../../cli/stack-file";
import { UserError } from "../../cli/user-error";
import { temporaryFolder } from "../support/temporary-folder";

const PROJECT = "name: whalewatch\nruntime: nodejs\n";

test("every value is read; encrypted ones get a placeholder that tells the key and no ciphertext", (context) => {
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": PROJECT,
    "Pulumi.dev.yaml": `
encryptionsalt: v1:salt
config:
  docker:host: unix:///run/docker.sock
  whalewatch:platform: docker
  whalewatch:host: { memory: 4Gi }
  whalewatch:hidden: { secure: v1:CIPHERTEXT }
  whalewatch:services:
    api:
      port: 8000
      env: { NAMES: [a, { secure: v1:CIPHERTEXT }] }
  secrets:token: { secure: v1:CIPHERTEXT }
  secrets:plain: open
  secrets:blank: ""
`,
  });
  const services = {
    api: {
      port: 8000,
      env: { NAMES: ["a", "secret-value-of-whalewatch-services-api-env-NAMES-1-"] },
    },
  };
  assert.deepEqual(readStackFile(directory, "dev"), {
    project: "whalewatch",
    stack: "dev",
    directory,
    settings: {
      project: "whalewatch",
      stack: "dev",
      values: {
        platform: "docker",
        host: { memory: "4Gi" },
        hidden: "secret-value-of-whalewatch-hidden",
        services,
      },
      encryptedKeys: ["hidden", "services"],
      secrets: {
        token: { encrypted: true, empty: false },
        plain: { encrypted: false, empty: false },
        blank: { encrypted: false, empty: true },
      },
    },
    config: {
      "docker:host": "unix:///run/docker.sock",
      "whalewatch:platform": "docker",
      "whalewatch:host": '{"memory":"4Gi"}',
      "whalewatch:hidden": "secret-value-of-whalewatch-hidden",
      "whalewatch:services": JSON.stringify(services),
      "secrets:token": "secret-value-of-secrets-token",
      "secrets:plain": "open",
      "secrets:blank": "",
    },
    secretKeys: ["whalewatch:hidden", "whalewatch:services", "secrets:token"],
  });
});

test("a key without a namespace belongs to the project, as Pulumi has it", (context) => {
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": PROJECT,
    "Pulumi.dev.yaml": "config:\n  host: { memory: 4Gi }\n",
  });
  const { settings, config } = readStackFile(directory, "dev");
  assert.deepEqual(settings.values, { host: { memory: "4Gi" } });
  assert.deepEqual(config, { "whalewatch:host": '{"memory":"4Gi"}' });
});

for (const [content, name] of [
  ["", "an empty file"],
  ["# nothing yet\n", "a file with a comment alone"],
  ["encryptionsalt: v1:salt\n", "a file without config"],
  ["config:\n", "a config without settings"],
] as const) {
  test(`${name} declares nothing`, (context) => {
    const directory = temporaryFolder(context, {
      "Pulumi.yaml": PROJECT,
      "Pulumi.dev.yaml": content,
    });
    const { settings, config, secretKeys } = readStackFile(directory, "dev");
    assert.deepEqual(
      [settings, config, secretKeys],
      [{ project: "whalewatch", stack: "dev", values: {}, encryptedKeys: [], secrets: {} }, {}, []],
    );
  });
}

for (const [fault, files, stack, message] of [
  ["no project", {}, "dev", /^No Pulumi\.yaml in \/.+\. Run this in the project's folder\.$/],
  [
    "a project without a name",
    { "Pulumi.yaml": "runtime: nodejs\n" },
    "dev",
    /Pulumi\.yaml has no name\.$/,
  ],
  [
    "a project without stacks",
    { "Pulumi.yaml": PROJECT },
    "dev",
    /^No stack file Pulumi\.dev\.yaml\. There is none yet\. Choose one with --stack\.$/,
  ],
  [
    "an unknown stack",
    { "Pulumi.yaml": PROJECT, "Pulumi.prod.yaml": "", "Pulumi.dev.yaml": "" },
    "staging",
    /^No stack file Pulumi\.staging\.yaml\. There are: dev, prod\. Choose one with --stack\.$/,
  ],
  [
    "a stack file that is no YAML",
    { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": "config:\n  a:b: 1\n bad: [\n" },
    "dev",
    /^Pulumi\.dev\.yaml is no YAML: .+ at line 3, column 1/s,
  ],
  [
    "a project file that is no YAML",
    { "Pulumi.yaml": "name: [\n" },
    "dev",
    /^Pulumi\.yaml is no YAML: .+ at line 2, column 1/s,
  ],
] as const) {
  test(`${fault} is told in words that help`, (context) => {
    const directory = temporaryFolder(context, files);
    assert.throws(
      () => readStackFile(directory, stack),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}

test("the known stacks are those with a file, sorted", (context) => {
  const files = { "Pulumi.yaml": "", "Pulumi.prod.yaml": "", "Pulumi.dev.yaml": "", "a.yaml": "" };
  assert.deepEqual(knownStacks(temporaryFolder(context, files)), ["dev", "prod"]);
});

test("a checked stack is resolved under the names of its project and file", (context) => {
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": "name: other\n",
    "Pulumi.blue.yaml": "config:\n  other:monitoring: { enabled: false }\n  other:redis: {}\n",
  });
  const { project, name, workloads } = checkedStack(readStackFile(directory, "blue"));
  assert.deepEqual(
    [project, name, workloads.map((workload) => workload.name)],
    ["other", "blue", ["redis"]],
  );
});

test("all problems of a file are told at once, and values of secrets are not", (context) => {
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": PROJECT,
    "Pulumi.dev.yaml": `config:
  whalewatch:services:
    api: { image: "a:latest", port: 0, limits: { memory: 64Mi, cpu: 1 } }
    web: { image: "a:1", port: 80, limits: { memory: 64Mi, cpu: 1 }, needs: [redis] }
  whalewatch:grafana: { publsh: 3000 }
  secrets:token: hunter2-in-plain
`,
  });
  assert.throws(
    () => checkedStack(readStackFile(directory, "dev")),
    (error) => {
      assert.ok(error instanceof UserError);
      const [first, ...lines] = error.message.split("\n");
      assert.equal(first, "Pulumi.dev.yaml has 5 problems; nothing was created.");
      assert.deepEqual(lines.map((line) => line.trim().split(": found ")[0]).sort(), [
        "secrets:token",
        "whalewatch:grafana.publsh",
        "whalewatch:services.api.image",
        "whalewatch:services.api.port",
        "whalewatch:services.web.needs",
      ]);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});

for (const [text, complaint] of [
  [
    "confg: {}",
    'Pulumi.dev.yaml has the key "confg", which Pulumi does not know; allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider. Did you mean "config"?',
  ],
  [
    "config: { whalewach:services: {} }",
    'Pulumi.dev.yaml has the key "whalewach:services"; did you mean "whalewatch:services"?',
  ],
  [
    "config: { secret:token: { secure: x } }",
    'Pulumi.dev.yaml has the key "secret:token"; did you mean "secrets:token"?',
  ],
] as const) {
  test(`${text} is refused, since Pulumi would pass over it in silence`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
    assert.throws(
      () => readStackFile(directory, "dev"),
      (error) => error instanceof UserError && error.message === complaint,
    );
  });
}

test("namespaces of other programs are their own affair", (context) => {
  const text = "config: { docker:host: unix:///x.sock, aws:region: x }";
  const directory = temporaryFolder(context, { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": text });
  assert.deepEqual(readStackFile(directory, "dev").settings.values, {});
});
