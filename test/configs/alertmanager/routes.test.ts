import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";
import type { Stack } from "../../../model/stack";
import { alertmanagerYaml, destinations, type Labels } from "../../support/alertmanager";
import { Tree } from "../../support/rendered";
import { stackFrom, type Values } from "../../support/stack-settings";
import { temporaryFolder } from "../../support/temporary-folder";
import { testWithTool } from "../../support/tools";
import {
  bySeverity,
  everyone as everyoneSettings,
  heart as heartSettings,
  ROUTE_CASES,
  ROUTE_SECRETS,
  teams,
  withReceivers,
} from "./route-cases";

const stacks = new Map<Values, Stack>();
/** One stack for the same settings, whose files then are rendered once. */
function stackOf(values: Values): Stack {
  const stack = stacks.get(values) ?? stackFrom(values, ROUTE_SECRETS);
  stacks.set(values, stack);
  return stack;
}
const TABLE = ROUTE_CASES.map(
  ([title, values, labels, expected]) => [title, stackOf(values), labels, expected] as const,
);

const everyone = stackOf(everyoneSettings);
const heart = stackOf(heartSettings);

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
      stackOf(
        withReceivers({
          routes: { repeatInterval: { critical: "15m" }, teams: { vision: {}, sound: {} } },
        }),
      ),
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
  const muted = stackOf(withReceivers({ routes: { ...bySeverity, teams }, mute }));
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
