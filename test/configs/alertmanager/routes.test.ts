import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";
import type { Stack } from "../../../model/stack";
import { alertmanagerYaml, destinations, type Labels } from "../../support/alertmanager";
import { Tree } from "../../support/rendered";
import { service, stackFrom, type Values } from "../../support/stack-settings";
import { temporaryFolder } from "../../support/temporary-folder";
import { testWithTool } from "../../support/tools";

const receivers = {
  duty: { pagerduty: { secret: "key" } },
  phone: { webhook: { url: "https://phone.example.com" } },
  chat: { slack: { secret: "hook" } },
  lab: {
    email: { to: ["lab@example.com"], from: "w@example.com", smarthost: "mail.example.com:25" },
  },
};
const services = {
  narwhal: service({ team: "vision" }),
  orca: service({ team: "vision" }),
  beluga: service({ team: "sound" }),
  dolphin: service(),
};
const stackOf = (alerts: Values): Stack =>
  stackFrom({ services, alerts: { receivers, ...alerts } }, ["key", "hook", "heart"]);

const bySeverity = { default: ["chat"], critical: ["duty", "phone"], warning: ["chat"], info: [] };
const teams = {
  vision: { default: ["lab"], critical: ["duty", "lab"] },
  sound: { critical: ["phone"] },
};
const routed = stackOf({ routes: { ...bySeverity, teams } });
const everyone = stackFrom({ services: { dolphin: service() }, alerts: { receivers } }, [
  "key",
  "hook",
]);
const nobody = stackFrom({ services: { dolphin: service() } });
const heart = stackFrom({ alerts: { deadMansSwitch: { secret: "heart" } } }, ["heart"]);

/** Labels to receivers, in the order in which they are told. */
const TABLE: readonly (readonly [string, Stack, Labels, readonly string[]])[] = [
  ["a critical alert", routed, { severity: "critical", job: "redis-exporter" }, ["duty", "phone"]],
  ["a warning", routed, { severity: "warning", job: "redis-exporter" }, ["chat"]],
  ["what nobody wants to know", routed, { severity: "info" }, ["nobody"]],
  ["a severity of somebody's own", routed, { severity: "page" }, ["chat"]],
  ["no severity", routed, { alertname: "Mine" }, ["chat"]],
  ["a team's own list", routed, { severity: "critical", service: "narwhal" }, ["duty", "lab"]],
  [
    "another service of the team",
    routed,
    { severity: "critical", service: "orca" },
    ["duty", "lab"],
  ],
  [
    "a team's default, before that of all",
    routed,
    { severity: "warning", service: "orca" },
    ["lab"],
  ],
  ["a team's default for no severity", routed, { service: "orca" }, ["lab"]],
  [
    "a team that says something else",
    routed,
    { severity: "critical", service: "beluga" },
    ["phone"],
  ],
  ["what that team does not say", routed, { severity: "warning", service: "beluga" }, ["chat"]],
  ["a service of no team", routed, { severity: "critical", service: "dolphin" }, ["duty", "phone"]],
  [
    "a service whose name begins like another",
    routed,
    { severity: "warning", service: "orcas" },
    ["chat"],
  ],
  [
    "the heartbeat, which nobody waits for",
    routed,
    { alertname: "Watchdog", severity: "none" },
    ["nobody"],
  ],
  [
    "a heartbeat with a wrong severity",
    routed,
    { alertname: "Watchdog", severity: "critical" },
    ["nobody"],
  ],
  ["what is for machines", routed, { alertname: "InfoInhibitor", severity: "none" }, ["nobody"]],
  ["a team's own, for machines", routed, { severity: "none", service: "orca" }, ["nobody"]],
  ["a test of one receiver", routed, { whalewatch_test: "lab", severity: "critical" }, ["lab"]],
  [
    "a test of a receiver that is gone",
    routed,
    { whalewatch_test: "fax", severity: "warning" },
    ["chat"],
  ],
  ["no routes: everyone", everyone, { severity: "critical" }, ["duty", "phone", "chat", "lab"]],
  [
    "no routes: everyone, of anything",
    everyone,
    { severity: "info" },
    ["duty", "phone", "chat", "lab"],
  ],
  ["no routes: but for machines", everyone, { severity: "none" }, ["nobody"]],
  ["no receivers", nobody, { severity: "critical", service: "dolphin" }, ["nobody"]],
  ["no receivers but a heartbeat's", heart, { severity: "critical" }, ["nobody"]],
  ["the heartbeat", heart, { alertname: "Watchdog", severity: "none" }, ["dead-mans-switch"]],
  ["a test of the heartbeat", heart, { whalewatch_test: "dead-mans-switch" }, ["dead-mans-switch"]],
];

describe("who is told", () => {
  for (const [title, stack, labels, expected] of TABLE) {
    test(`${title}: ${expected.join(", ")}`, () => {
      const found = destinations(Tree.read(alertmanagerYaml(stack)), labels);
      assert.deepEqual(
        found.map(({ receiver }) => receiver),
        expected,
      );
    });
  }

  testWithTool("amtool", "amtool says the same of all of them", (amtool, context) => {
    const stacks = [...new Set(TABLE.map(([, stack]) => stack))];
    const folder = temporaryFolder(
      context,
      Object.fromEntries(stacks.map((stack, index) => [`${index}.yml`, forRouting(stack)])),
    );
    for (const [title, stack, labels, expected] of TABLE) {
      const file = path.join(folder, `${stacks.indexOf(stack)}.yml`);
      const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const args = ["config", "routes", "test", `--config.file=${file}`, ...pairs];
      const said = execFileSync(amtool, args, { encoding: "utf8" });
      assert.equal(said.trim(), expected.join(","), title);
    }
  });
});

/** The routes as they are, to receivers without a configuration: old versions know few of them. */
function forRouting(stack: Stack): string {
  const config = Tree.read(alertmanagerYaml(stack));
  const names = config
    .at("receivers")
    .list.map((receiver) => ({ name: receiver.at("name").plain }));
  return JSON.stringify({ route: config.at("route").plain, receivers: names });
}

describe("when they are told again", () => {
  const repeat = (stack: Stack, labels: Labels) =>
    destinations(Tree.read(alertmanagerYaml(stack)), labels).map((found) => found.repeat);
  for (const [title, stack, labels, expected] of [
    ["critical", everyone, { severity: "critical" }, "4h"],
    ["warning", everyone, { severity: "warning" }, "12h"],
    ["info", everyone, { severity: "info" }, "1d"],
    ["anything else", everyone, {}, "1d"],
    ["a test", everyone, { whalewatch_test: "lab" }, "1h"],
    ["the heartbeat", heart, { alertname: "Watchdog" }, "90s"],
    [
      "as set",
      stackOf({
        routes: { repeatInterval: { critical: "15m" }, teams: { vision: {}, sound: {} } },
      }),
      { severity: "critical", service: "orca" },
      "15m",
    ],
  ] satisfies [string, Stack, Labels, string][]) {
    test(`${title}: ${expected}`, () => {
      assert.deepEqual([...new Set(repeat(stack, labels))], [expected]);
    });
  }

  test("the heartbeat's group is looked at twice as often, and is over in between", () => {
    const routes = Tree.read(alertmanagerYaml(heart)).at("route", "routes").list;
    const watchdog = routes.find((route) =>
      route.at("matchers").list.some(({ text }) => text.includes("Watchdog")),
    );
    assert.equal(watchdog?.at("group_interval").text, "1m");
  });
});

describe("what mute times hold for", () => {
  const mute = {
    nights: { times: ["22:00-07:00"], location: "Europe/Berlin" },
    holidays: { months: ["august"], teams: ["vision"], severities: ["critical", "warning"] },
  };
  const muted = stackOf({ routes: { ...bySeverity, teams }, mute });
  for (const [labels, expected] of [
    [{ severity: "warning" }, ["nights"]],
    [{ severity: "info" }, ["nights"]],
    [{ severity: "critical" }, []],
    [{ severity: "page" }, []],
    [{ severity: "warning", service: "orca" }, ["nights", "holidays"]],
    [{ severity: "critical", service: "orca" }, ["holidays"]],
    [{ severity: "critical", service: "beluga" }, []],
    [{ whalewatch_test: "phone" }, []],
    [{ alertname: "Watchdog" }, []],
  ] satisfies [Labels, string[]][]) {
    test(`${JSON.stringify(labels)}: ${expected.join(", ") || "none"}`, () => {
      const found = destinations(Tree.read(alertmanagerYaml(muted)), labels);
      assert.deepEqual([...new Set(found.flatMap((destination) => destination.muted))], expected);
    });
  }
});
