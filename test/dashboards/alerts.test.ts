import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dashboardFiles, drawnPanels, panelExpressions } from "../support/expressions";
import { projectStack, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");

describe("the page of alerts", () => {
  const panelsIn = (stack: typeof dev): string[] =>
    dashboardFiles(stack)
      .filter(([file]) => file === "alerts.json")
      .flatMap(([, dashboard]) => drawnPanels(dashboard).map((panel) => panel.at("title").text));
  const always = [
    ...["Firing, critical", "Firing, warning", "Firing, info", "About to fire"],
    ...["Firing", "Pending"],
  ];
  const receivers = { ops: { webhook: { url: "https://alerts.example.com/in" } } };

  test("shows who was told where somebody is", () => {
    assert.deepEqual(panelsIn(stackFrom({})), always);
    assert.deepEqual(panelsIn(stackFrom({ alerts: { receivers } })), [
      ...always,
      ...["Messages", "Messages that failed"],
    ]);
  });

  test("asks for the integrations that are declared", () => {
    const night = { pagerduty: { secret: "key" } };
    const stack = stackFrom({ alerts: { receivers: { ...receivers, night } } }, ["key"]);
    const messages = panelExpressions(stack).find(({ where }) => where === "panel Messages");
    assert.match(messages?.expr ?? "", /\{integration=~"pagerduty\|webhook"\}/);
  });

  test("counts nothing that only machines are told", () => {
    const asked = panelExpressions(dev).filter(({ where }) => /Firing|Pending|About/.test(where));
    assert.ok(asked.length >= 6);
    for (const { expr } of asked)
      assert.match(expr, /severity(!="none"|="(critical|warning|info)")/);
  });
});
