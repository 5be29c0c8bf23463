import assert from "node:assert/strict";
import { test } from "node:test";
import { findAllowance, readAllowList } from "../../../cli/environments/allow-list";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";

for (const [pattern, setting, allowed] of [
  ["whalewatch:platform", "whalewatch:platform", true],
  ["whalewatch:platform", "whalewatch:platforms", false],
  ["whalewatch:kubernetes", "whalewatch:kubernetes.route.className", true],
  ["whalewatch:kubernetes.route", "whalewatch:kubernetes", false],
  ["whalewatch:services.*.image", "whalewatch:services.api.image", true],
  ["whalewatch:services.*.image", "whalewatch:services.api.images", false],
  ["whalewatch:services.*.image", "whalewatch:services.api", false],
  ["whalewatch:services.*.image", "whalewatch:services.api.env.image", false],
  ["whalewatch:services.api.*", "whalewatch:services.api.env.LOG_LEVEL", true],
  ["whalewatch:services.api", "whalewatch:services.web.port", false],
  ["secrets:token", "secrets:token", true],
  ["secrets:token", "secrets:other", false],
] as const) {
  test(`${pattern} ${allowed ? "allows" : "does not allow"} ${setting} to differ`, () => {
    const entry = { setting: pattern, reason: "why" };
    assert.equal(findAllowance(setting, [entry]), allowed ? entry : undefined);
  });
}

test("of several entries the first that fits gives the reason", () => {
  const allowed = [
    { setting: "whalewatch:host", reason: "not this" },
    { setting: "whalewatch:services.*.limits", reason: "this" },
    { setting: "whalewatch:services.api", reason: "nor this" },
  ];
  assert.equal(findAllowance("whalewatch:services.api.limits.cpu", allowed)?.reason, "this");
});

test("without the file nothing is allowed", (context) => {
  assert.deepEqual(readAllowList(temporaryFolder(context)), []);
});

const PATTERN =
  "allowed: a setting's path such as whalewatch:services.*.replicas, where * stands for any one name";
for (const [fault, text, message] of [
  ["no YAML", "allowed: [", /^environments\.yaml is no YAML: .+/],
  [
    "no list",
    "permitted: []\n",
    "environments.yaml cannot be read:\n  allowed: allowed: a list of { setting, reason }\n  environments.yaml: unknown: permitted",
  ],
  [
    "entries with faults, all of which are told",
    'allowed:\n  - { setting: platform, reason: a }\n  - { setting: whalewatch:a, reason: " " }\n  - { setting: whalewatch:b }\n  - { setting: whalewatch:c, reason: a, until: b }\n  - whalewatch:d\n',
    `environments.yaml cannot be read:
  allowed.0.setting: ${PATTERN}
  allowed.1.reason: allowed: why it may differ
  allowed.2.reason: allowed: why it may differ
  allowed.3: unknown: until
  allowed.4: allowed: a mapping with setting and reason`,
  ],
] as const) {
  test(`environments.yaml with ${fault} is refused`, (context) => {
    const directory = temporaryFolder(context, { "environments.yaml": text });
    assert.throws(
      () => readAllowList(directory),
      (error) => {
        assert.ok(error instanceof UserError);
        if (typeof message === "string") assert.equal(error.message, message);
        else assert.match(error.message, message);
        return true;
      },
    );
  });
}
