import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, type Values } from "../../support/stack-settings";

const SECRETS = ["token", "hook"];
const telegram = (changes: Values = {}): Values => ({
  telegram: { chatId: -1001234567890, secret: "token", ...changes },
});

describe("a receiver's name", () => {
  const NAME =
    "a DNS label: 1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last";
  for (const [name, found, allowed] of [
    // So that no two differ by case alone.
    ["Phone", 'the name "Phone"', NAME],
    ["my phone", 'the name "my phone"', NAME],
    [
      "nobody",
      'the name "nobody"',
      "any name but nobody, dead-mans-switch, which the stack itself uses",
    ],
    [
      "dead-mans-switch",
      'the name "dead-mans-switch"',
      "any name but nobody, dead-mans-switch, which the stack itself uses",
    ],
  ] as const) {
    test(`${name}: refused`, () => {
      const receivers = { phone: telegram(), [name]: telegram() };
      assert.deepEqual(problemsOf(rawFrom({ alerts: { receivers } }, SECRETS)), [
        { setting: `whalewatch:alerts.receivers.${name}`, found, allowed },
      ]);
    });
  }
});

describe("whether there must be receivers", () => {
  const receivers = { phone: telegram() };
  const nobody = (stack: string) => ({
    setting: "whalewatch:alerts.receivers",
    found: `nobody to tell of alerts in "${stack}"`,
    allowed:
      "at least one receiver, such as phone: { telegram: { chatId: -1001234567890, secret: telegramToken } }",
  });
  const off = {
    setting: "whalewatch:alertmanager.enabled",
    found: "false, beside receivers of alerts",
    allowed: "true, since Alertmanager is what tells them; or no receivers",
  };
  for (const [title, stack, values, ...problems] of [
    ["dev", "dev", {}],
    ["prod", "prod", {}, nobody("prod")],
    ["production", "production", {}, nobody("production")],
    ["prod with one", "prod", { alerts: { receivers } }],
    ["prod that nothing watches", "prod", { monitoring: { enabled: false } }],
    ["prod without Alertmanager", "prod", { alertmanager: { enabled: false } }],
    [
      "receivers without Alertmanager",
      "dev",
      { alertmanager: { enabled: false }, alerts: { receivers } },
      off,
    ],
    [
      "a heartbeat without Alertmanager",
      "dev",
      { alertmanager: { enabled: false }, alerts: { deadMansSwitch: { secret: "hook" } } },
      off,
    ],
    [
      "receivers that nothing uses for now",
      "dev",
      { monitoring: { enabled: false }, alerts: { receivers } },
    ],
  ] satisfies (readonly [string, string, Values, ...object[]])[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      assert.deepEqual(problemsOf({ ...rawFrom(values, SECRETS), stack }), problems);
    });
  }

  test("in prod one that cannot be read is one problem, not two", () => {
    const values = { alerts: { receivers: { phone: telegram({ chatId: "x" }) } } };
    assert.deepEqual(
      problemsOf({ ...rawFrom(values, SECRETS), stack: "prod" }).map(({ setting }) => setting),
      ["whalewatch:alerts.receivers.phone.telegram.chatId"],
    );
  });
});
