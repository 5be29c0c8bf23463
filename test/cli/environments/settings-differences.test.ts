import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSettings } from "../../../model/settings/parse";
import { describeProblems } from "../../../model/settings/problem";
import {
  type Environment,
  type SettingDifference,
  settingsDifferences,
} from "../../../cli/environments/settings-differences";
import { readStackFile } from "../../../cli/stack-file";
import { temporaryFolder } from "../../support/temporary-folder";

const SERVICE = "image: example/api:1.0.0, port: 8000, limits: { memory: 64Mi, cpu: 0.1 }";

const REDIS = "whalewatch:redis: { enabled: true }";

/** Two stack files that differ from one another by these lines alone, each below `config`. */
function differences(
  context: Parameters<typeof temporaryFolder>[0],
  [from, to]: readonly [string, string],
): SettingDifference[] {
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": "name: whalewatch\n",
    "Pulumi.a.yaml": `config:\n  whalewatch:host: { memory: 8Gi }\n  ${from}\n`,
    "Pulumi.b.yaml": `config:\n  whalewatch:host: { memory: 8Gi }\n  ${to}\n`,
  });
  const [a, b] = (["a", "b"] as const).map((stack): Environment => {
    const file = readStackFile(directory, stack);
    const parsed = parseSettings(file.settings);
    assert.ok(parsed.ok, parsed.ok ? "" : describeProblems(stack, parsed.problems));
    return { file, settings: parsed.settings };
  });
  assert.ok(a && b);
  return settingsDifferences(a, b);
}

const service = (more: string) => `whalewatch:services: { api: { ${SERVICE}${more} } }`;

for (const [what, lines, expected] of [
  ["the same", [service(""), service("")], []],
  [
    "another order of keys",
    [service(", kind: api, internet: true"), service(", internet: true, kind: api")],
    [],
  ],
  ["a default written out", [service(""), service(", replicas: 1, health: /health")], []],
  [
    "another way to write a size",
    ["whalewatch:prometheus: { storage: 1Gi }", "whalewatch:prometheus: { storage: 1024Mi }"],
    [],
  ],
  [
    "one value",
    [service(""), service(", replicas: 2")],
    [{ setting: "whalewatch:services.api.replicas", from: "1", to: "2" }],
  ],
  [
    "a list",
    [`${REDIS}\n  ${service(", needs: [redis]")}`, `${REDIS}\n  ${service("")}`],
    [{ setting: "whalewatch:services.api.needs", from: "[redis]", to: "[]" }],
  ],
  [
    "a service that only one has, as one difference",
    [service(""), "whalewatch:monitoring: { enabled: true }"],
    [
      {
        setting: "whalewatch:services.api",
        from: "{ image: example/api:1.0.0, kind: api, port: 8000, replicas: 1, limits: { memory: 64Mi, cpu: 0.1 }, health: /health, metrics: /metrics, env: {}, secrets: [], needs: [], volumes: {}, user: { uid: 1000, gid: 1000 }, readOnlyRoot: true, internet: true, stopGrace: 30s }",
      },
    ],
  ],
  [
    "a key of another namespace",
    ["docker:host: unix:///a.sock", "docker:host: unix:///b.sock"],
    [{ setting: "docker:host", from: "unix:///a.sock", to: "unix:///b.sock" }],
  ],
  [
    "secrets by name alone: another value is none, an absent one is",
    [
      "secrets:token: { secure: v1:ONE }\n  secrets:only: { secure: v1:TWO }",
      "secrets:token: { secure: v1:OTHER }",
    ],
    [{ setting: "secrets:only", from: "an encrypted value" }],
  ],
] as const satisfies readonly (readonly [
  string,
  readonly [string, string],
  SettingDifference[],
])[]) {
  test(`differences of settings: ${what}`, (context) => {
    const found = differences(context, lines);
    assert.deepEqual(found, expected);
    assert.doesNotMatch(JSON.stringify(found), /v1:|ONE|TWO|OTHER/);
  });
}
