import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ruleGroups } from "../../../../configs/prometheus/mounts";
import { shardView } from "../../../../model/shard-view";
import type { Stack } from "../../../../model/stack";
import { mountsOf } from "../../../support/rendered";
import { sharded } from "../../../support/sharded";
import { service, stackFrom, type Values } from "../../../support/stack-settings";

const SECRETS = ["token", "other"];
const declared = (changes: Values = {}, ofService: Values = {}): Stack =>
  stackFrom({ services: { api: service(ofService) }, postgres: {}, ...changes }, SECRETS);

function digestOf(stack: Stack): string {
  const [rule, ...more] = ruleGroups(stack)
    .filter(({ name }) => name === "plan")
    .flatMap(({ rules }) => rules);
  assert.ok(rule && "record" in rule);
  assert.deepEqual(more, []);
  assert.equal(rule.record, "stack:plan:info");
  assert.equal(rule.expr, "vector(1)");
  return rule.labels?.["digest"] ?? "";
}

test("the same settings give the same digest, short enough to read", () => {
  assert.match(digestOf(declared()), /^[0-9a-f]{12}$/);
  assert.equal(digestOf(declared()), digestOf(declared()));
});

describe("whatever changes what runs changes the digest", () => {
  for (const [title, stack] of [
    ["an image", declared({}, { image: "example/api:1.0.1" })],
    ["a memory limit", declared({}, { limits: { memory: "65Mi", cpu: 0.1 } })],
    ["a CPU limit", declared({}, { limits: { memory: "64Mi", cpu: 0.2 } })],
    ["a number of replicas", declared({}, { replicas: 2 })],
    ["an environment variable", declared({}, { env: { LEVEL: "debug" } })],
    ["a secret's name", declared({}, { secrets: ["token"] })],
    ["another secret's name", declared({}, { secrets: ["other"] })],
    ["a time to stop", declared({}, { stopGrace: "31s" })],
    ["a connection", declared({}, { needs: ["postgres"] })],
    ["an objective", declared({}, { objectives: { availability: "99.5%" } })],
    ["a store's setting", declared({ postgres: { limits: { memory: "300Mi", cpu: 0.5 } } })],
    ["a store", declared({ redis: {} })],
    ["how often is scraped", declared({ prometheus: { scrapeInterval: "30s" } })],
    [
      "an alert's threshold",
      declared({ alerts: { rules: { ServiceErrorRatioHigh: { threshold: "6%" } } } }),
    ],
    [
      "how long an alert waits",
      declared({ alerts: { rules: { ServiceErrorRatioHigh: { for: "6m" } } } }),
    ],
    [
      "a receiver",
      declared({ alerts: { receivers: { ops: { webhook: { url: "https://a.example.com/" } } } } }),
    ],
    ["a service", declared({ services: { api: service(), more: service() } })],
  ] as const) {
    test(title, () => {
      assert.notEqual(digestOf(stack), digestOf(declared()));
    });
  }

  test("each of them in another way", () => {
    assert.notEqual(
      digestOf(declared({}, { secrets: ["token"] })),
      digestOf(declared({}, { secrets: ["other"] })),
    );
  });
});

test("every shard says the same of the whole stack", () => {
  const whole = sharded(2);
  const digests = [0, 1].map((shard) => digestOf(shardView(whole, shard)));
  assert.deepEqual(new Set(digests), new Set([digestOf(whole)]));
});

test("another digest changes one file of Prometheus, which is reloaded", () => {
  const files = (stack: Stack) =>
    mountsOf(stack, "prometheus").find(({ name }) => name === "config");
  const [before, after] = [declared(), declared({}, { env: { LEVEL: "debug" } })].map(files);
  assert.ok(before && after);
  assert.equal(after.onChange, "reload");
  const changed = Object.keys(after.files).filter(
    (file) => before.files[file] !== after.files[file],
  );
  assert.deepEqual(changed, ["rules-plan.yml"]);
});
