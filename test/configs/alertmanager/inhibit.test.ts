import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alertmanagerYaml, inhibited } from "../../support/alertmanager";
import { clusterStack } from "../../support/cluster";
import { Tree } from "../../support/rendered";
import { service, stackFrom } from "../../support/stack-settings";
import { INHIBIT_CASES, INHIBIT_SETTINGS, of, postgresDown } from "./inhibit-cases";

const config = Tree.read(alertmanagerYaml(stackFrom(INHIBIT_SETTINGS)));

describe("what is not told", () => {
  for (const [title, firing, quiet] of INHIBIT_CASES) {
    test(`${title}: ${quiet.length} of ${firing.length}`, () => {
      assert.deepEqual(inhibited(config, firing), quiet);
    });
  }
});

test("a cluster hushes the same: a service that is down beside its store is told of all the same", () => {
  const inCluster = Tree.read(alertmanagerYaml(clusterStack(INHIBIT_SETTINGS)));
  assert.deepEqual(inCluster.at("inhibit_rules").plain, config.at("inhibit_rules").plain);
  const firing = ["narwhal", "orca", "beluga"].map((name) => of(name, "ServiceDown"));
  assert.deepEqual(inhibited(config, [postgresDown, ...firing]), []);
});

test("every rule compares labels that all alerts have, so that two that lack one do not meet by chance", () => {
  for (const rule of config.at("inhibit_rules").list) {
    const equal = rule.at("equal").list.map(({ text }) => text);
    assert.ok(
      equal.includes("environment") && equal.includes("project"),
      JSON.stringify(rule.plain),
    );
  }
});

test("without services there is no rule of services, and without a client none of a store", () => {
  const sources = (values: Parameters<typeof stackFrom>[0]) =>
    Tree.read(alertmanagerYaml(stackFrom(values)))
      .at("inhibit_rules")
      .list.flatMap((rule) => rule.at("source_matchers").list.map(({ text }) => text))
      .filter((matcher) => matcher.startsWith("alertname"));
  assert.deepEqual(sources({ postgres: {}, redis: {} }), ['alertname="InfoInhibitor"']);
  assert.deepEqual(sources({ postgres: {}, services: { orca: service() } }), [
    'alertname="InfoInhibitor"',
    'alertname="ServiceDown"',
    'alertname="ServiceErrorRatioHigh"',
  ]);
});
