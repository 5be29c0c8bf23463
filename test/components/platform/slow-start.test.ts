import assert from "node:assert/strict";
import { test } from "node:test";
import { healthcheck } from "../../../components/platform/docker/health";
import { readyWithin } from "../../../components/platform/kubernetes/objects/replicas";
import { Duration } from "../../../model/units/duration";
import { clusterStack, containerOf, theObject } from "../../support/cluster";
import { service } from "../../support/stack-settings";
import { workloadOf } from "../../support/declared-stack";

const slow = (changes = {}) =>
  clusterStack({ services: { api: service({ startWithin: "20m", ...changes }) } });

test("the engine holds no failed check against a container for as long as it may start", () => {
  const check = { kind: "http", port: 8000, path: "/health" } as const;
  assert.equal(healthcheck(check).startPeriod, "30s");
  assert.equal(healthcheck(check, Duration.seconds(90)).startPeriod, "1m30s");
  assert.equal(healthcheck(check, Duration.parse("20m")).startPeriod, "20m");
});

test("the kubelet starts a pod anew only after as long as it may start", () => {
  const seconds = (stack: ReturnType<typeof slow>): number => {
    const probe = containerOf(stack, "api").at("startupProbe");
    return Number(probe.at("failureThreshold").plain) * Number(probe.at("periodSeconds").plain);
  };
  assert.equal(seconds(slow()), 20 * 60);
  assert.equal(seconds(slow({ startWithin: undefined })), 10 * 60);
});

test("an update waits for one slow pod after the other, and is no failure before", () => {
  const spec = (stack: ReturnType<typeof slow>) => theObject(stack, "Deployment", "api").at("spec");
  for (const [replicas, minutes] of [
    [1, 21],
    [3, 63],
  ] as const) {
    const stack = slow({ replicas });
    assert.equal(readyWithin(workloadOf(stack, "api")).seconds, minutes * 60);
    assert.equal(spec(stack).at("progressDeadlineSeconds").plain, minutes * 60);
  }
  const usual = slow({ startWithin: undefined });
  assert.equal(readyWithin(workloadOf(usual, "api")).seconds, 5 * 60);
  assert.equal(spec(usual).at("progressDeadlineSeconds").plain, undefined);
});

test("what says that it starts quickly is still given the usual time to be pulled and placed", () => {
  assert.equal(readyWithin(workloadOf(slow({ startWithin: "10s" }), "api")).seconds, 5 * 60);
});
