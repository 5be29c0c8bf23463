import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";
import { operatorAlerting } from "../../../configs/alertmanager/operator";
import { CHANNEL_TEMPLATES } from "../../../configs/alertmanager/templates/templates";
import type { Stack } from "../../../model/stack";
import { destinations, inhibited, type Labels } from "../../support/alertmanager";
import { ofKind, theObject } from "../../support/cluster";
import { asGenerated, OF_CLUSTER } from "../../support/operator-alertmanager";
import { OPERATOR_KINDS } from "../../support/operator-schema";
import { operated } from "../../support/operator-stack";
import type { Tree } from "../../support/rendered";
import type { Values } from "../../support/stack-settings";
import { temporaryFolder } from "../../support/temporary-folder";
import { testWithTool } from "../../support/tools";
import { INHIBIT_CASES, INHIBIT_SETTINGS } from "./inhibit-cases";
import { bySeverity, ROUTE_CASES, ROUTE_SECRETS, teams, withReceivers } from "./route-cases";

const stacks = new Map<Values, Stack>();
function stackOf(values: Values): Stack {
  const stack = stacks.get(values) ?? operated(values, ROUTE_SECRETS);
  stacks.set(values, stack);
  return stack;
}
const objectOf = (stack: Stack): Tree => theObject(stack, "AlertmanagerConfig", "alerts");
/** The namespace that every alert of a stack's own rules has as a label. */
function alertNamespace(stack: Stack): string {
  const rules = ofKind(stack, "PrometheusRule").flatMap(({ tree }) =>
    tree.at("spec", "groups").list.flatMap((group) => group.at("rules").list),
  );
  const alerts = rules.filter((rule) => rule.at("alert").plain !== undefined);
  const found = new Set(alerts.map((alert) => alert.at("labels", "namespace").plain));
  const [namespace, ...others] = found;
  assert.ok(typeof namespace === "string");
  assert.deepEqual(others, []);
  for (const rule of rules.filter((one) => !alerts.includes(one))) {
    assert.equal(rule.at("labels", "namespace").plain, undefined, "a series is no alert");
  }
  return namespace;
}
const prefixed = (name: string): string => `whalewatch-test-monitoring/alerts/${name}`;
const tells = (values: Values): boolean => operatorAlerting(stackOf(values).settings) !== undefined;
const TOLD = ROUTE_CASES.filter(([, values]) => tells(values));

describe("the cluster's Alertmanager tells whom one of the stack's own would tell", () => {
  for (const [title, values, labels, expected] of TOLD) {
    test(`${title}: ${expected.join(", ")}`, () => {
      const stack = stackOf(values);
      const alert = { ...labels, namespace: alertNamespace(stack) };
      const found = destinations(asGenerated(objectOf(stack)), alert);
      assert.deepEqual(
        found.map(({ receiver }) => receiver),
        expected.map(prefixed),
      );
    });
  }

  test("an alert of another namespace is none of its business", () => {
    for (const values of new Set(TOLD.map(([, each]) => each))) {
      for (const labels of [{}, { namespace: "elsewhere" }] satisfies Labels[]) {
        const alert = { severity: "critical", service: "orca", ...labels };
        const found = destinations(asGenerated(objectOf(stackOf(values))), alert);
        assert.deepEqual(
          found.map(({ receiver }) => receiver),
          [OF_CLUSTER],
        );
      }
    }
  });

  testWithTool("amtool", "amtool says the same of what is generated", (amtool, context) => {
    for (const [title, values, labels, expected] of TOLD) {
      const stack = stackOf(values);
      const generated = asGenerated(objectOf(stack));
      const text = JSON.stringify({
        route: generated.at("route").plain,
        receivers: generated.at("receivers").plain,
      });
      const folder = temporaryFolder(context, { "am.yml": text });
      const alert = { ...labels, namespace: alertNamespace(stack) };
      const pairs = Object.entries(alert).map(([name, value]) => `${name}=${value}`);
      const file = `--config.file=${path.join(folder, "am.yml")}`;
      const said = execFileSync(amtool, ["config", "routes", "test", file, ...pairs], {
        encoding: "utf8",
      });
      assert.equal(said.trim(), expected.map(prefixed).join(","), title);
    }
  });
});

test("without receivers and heartbeat nothing is said of alerts, and the rest is there", () => {
  const stack = operated();
  assert.deepEqual(ofKind(stack, "AlertmanagerConfig"), []);
  assert.equal(alertNamespace(stack), "whalewatch-test-monitoring");
});

describe("what is not told", () => {
  const stack = operated({
    ...INHIBIT_SETTINGS,
    alerts: { receivers: { bot: { webhook: { url: "https://bot.example.com" } } } },
  });
  const generated = asGenerated(objectOf(stack));
  const namespace = alertNamespace(stack);
  for (const [title, firing, quiet] of INHIBIT_CASES) {
    test(`${title}: ${quiet.length} of ${firing.length}`, () => {
      const ours = (alerts: readonly Labels[]) => alerts.map((alert) => ({ ...alert, namespace }));
      assert.deepEqual(inhibited(generated, ours(firing)), ours(quiet));
    });
  }
});

test("mute times hold for the same routes, in UTC", () => {
  const mute = {
    nights: { times: ["22:00-07:00"] },
    holidays: { months: ["august"], teams: ["vision"], severities: ["critical"] },
  };
  const stack = operated(withReceivers({ routes: { ...bySeverity, teams }, mute }), ROUTE_SECRETS);
  const object = objectOf(stack);
  assert.deepEqual(object.at("spec", "muteTimeIntervals").plain, [
    {
      name: "nights",
      timeIntervals: [
        { times: [{ startTime: "22:00", endTime: "24:00" }] },
        { times: [{ startTime: "00:00", endTime: "07:00" }] },
      ],
    },
    { name: "holidays", timeIntervals: [{ months: ["august"] }] },
  ]);
  const namespace = alertNamespace(stack);
  const muted = (labels: Labels) =>
    destinations(asGenerated(object), { ...labels, namespace }).flatMap((found) => found.muted);
  assert.deepEqual(muted({ severity: "warning" }), [prefixed("nights")]);
  assert.deepEqual(
    new Set(muted({ severity: "critical", service: "orca" })),
    new Set([prefixed("holidays")]),
  );
  assert.deepEqual(muted({ severity: "critical" }), []);
});

const mail = {
  to: ["ops@example.com", "dev@example.com"],
  from: "whale@example.com",
  smarthost: "smtp.example.com:587",
  username: "whale",
  secret: "key",
};
const ALL: Values = {
  receivers: {
    phone: {
      telegram: { chatId: -1001, threadId: 7, secret: "token", apiUrl: "https://t.example.com" },
    },
    chat: { slack: { secret: "hook", channel: "#alerts" } },
    room: { discord: { secret: "hook" } },
    mail: { email: mail },
    duty: { pagerduty: { secret: "key", apiUrl: "https://events.eu.pagerduty.com/v2/enqueue" } },
    bot: { webhook: { url: "https://bot.example.com/alerts", secret: "token" } },
    hidden: { webhook: { urlSecret: "hook" } },
  },
  deadMansSwitch: { secret: "heart" },
};
const SECRETS = ["token", "hook", "key", "heart"];

describe("receivers", () => {
  const stack = operated({ alerts: ALL }, SECRETS);
  const object = objectOf(stack);
  const receiver = (name: string): Tree => {
    const found = object
      .at("spec", "receivers")
      .list.find((candidate) => candidate.at("name").plain === name);
    assert.ok(found, name);
    return found;
  };
  const secret = (key: string) => ({ name: "alertmanager-secrets", key });

  test("of every kind are what the operator documents", () => {
    const schema = OPERATOR_KINDS.get("AlertmanagerConfig");
    assert.ok(schema);
    assert.equal(schema.safeParse(object.plain).error?.message, undefined);
  });

  for (const [name, field, expected] of [
    ["phone", ["telegramConfigs", "botToken"], secret("token")],
    ["chat", ["slackConfigs", "apiURL"], secret("hook")],
    ["room", ["discordConfigs", "apiURL"], secret("hook")],
    ["mail", ["emailConfigs", "authPassword"], secret("key")],
    ["duty", ["pagerdutyConfigs", "routingKey"], secret("key")],
    ["bot", ["webhookConfigs", "httpConfig", "authorization", "credentials"], secret("token")],
    ["hidden", ["webhookConfigs", "urlSecret"], secret("hook")],
    ["dead-mans-switch", ["webhookConfigs", "urlSecret"], secret("heart")],
  ] as const) {
    test(`${name}: its secret by reference`, () => {
      const [kind, ...rest] = field;
      const [only, ...others] = receiver(name).at(kind).list;
      assert.deepEqual(others, []);
      assert.deepEqual(only?.at(...rest).plain, expected);
    });
  }

  test("each secret that is referred to is in the Secret of the same namespace, and no other", () => {
    const alerting = operatorAlerting(stack.settings);
    assert.ok(alerting);
    const [mount, ...others] = alerting.secrets;
    assert.deepEqual(others, []);
    assert.deepEqual(
      mount?.files,
      Object.fromEntries(SECRETS.map((name) => [name, { parts: [{ declared: name }] }])),
    );
  });

  test("the heartbeat: one alert, and no word when it ends", () => {
    const [config] = receiver("dead-mans-switch").at("webhookConfigs").list;
    assert.deepEqual([config?.at("sendResolved").plain, config?.at("maxAlerts").plain], [false, 1]);
  });

  test("no text needs a template file", () => {
    assert.doesNotMatch(JSON.stringify(object.plain), /\{\{ ?(?:template|define)/);
  });

  testWithTool("amtool", "Alertmanager takes each text as it stands in its field", (amtool) => {
    for (const { fragment, html = false } of Object.values(CHANNEL_TEMPLATES).flat()) {
      const args = ["template", "render", `--template.type=${html ? "html" : "text"}`];
      // Without data the tool renders an example of its own.
      execFileSync(amtool, [...args, "--template.glob=", `--template.text=${fragment.template}`]);
    }
  });
});
