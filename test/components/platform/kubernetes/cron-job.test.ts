import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterStack, ofKind, podOf, theObject } from "../../../support/cluster";
import type { Values } from "../../../support/stack-settings";

const stackOf = (backup: Values, more: Values = {}) =>
  clusterStack({ postgres: { backup }, monitoring: { enabled: false }, ...more });

for (const [schedule, expression] of [
  [{}, "30 2 * * *"],
  [{ at: "00:00" }, "0 0 * * *"],
  [{ every: "1h", at: "13:05" }, "5 * * * *"],
  [{ every: "6h", at: "20:30" }, "30 2,8,14,20 * * *"],
  [{ every: "12h", at: "12:01" }, "1 0,12 * * *"],
] as const) {
  test(`${JSON.stringify(schedule)} is ${expression}`, () => {
    const spec = theObject(stackOf({ schedule }), "CronJob", "postgres-backup").at("spec");
    assert.deepEqual([spec.at("schedule").text, spec.at("timeZone").text], [expression, "Etc/UTC"]);
  });
}

test("runs never overlap, have a deadline, and leave a few of the failed to be looked at", () => {
  const spec = theObject(stackOf({}), "CronJob", "postgres-backup").at("spec");
  assert.equal(spec.at("concurrencyPolicy").text, "Forbid");
  assert.equal(spec.at("startingDeadlineSeconds").plain, 43_200);
  assert.equal(spec.at("successfulJobsHistoryLimit").plain, 1);
  assert.equal(spec.at("failedJobsHistoryLimit").plain, 3);
  const job = spec.at("jobTemplate", "spec");
  assert.deepEqual(
    [job.at("activeDeadlineSeconds").plain, job.at("backoffLimit").plain],
    [43_200, 2],
  );
  assert.equal(job.at("template", "spec", "restartPolicy").text, "Never");
});

test("the runs share a claim that stands apart", () => {
  const stack = stackOf({ storage: "3Gi" }, { kubernetes: { storageClass: "slow" } });
  assert.deepEqual(theObject(stack, "PersistentVolumeClaim", "data-postgres-backup").plain, {
    kind: "PersistentVolumeClaim",
    apiVersion: "v1",
    metadata: {
      name: "data-postgres-backup",
      namespace: "whalewatch-test-stores",
      labels: {
        "app.kubernetes.io/name": "postgres-backup",
        "app.kubernetes.io/instance": "whalewatch-test",
        "app.kubernetes.io/component": "store",
        "app.kubernetes.io/part-of": "whalewatch",
        "app.kubernetes.io/managed-by": "whalewatch",
      },
    },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "3072Mi" } },
      storageClassName: "slow",
    },
  });
  const volumes = podOf(stack, "postgres-backup").at("volumes").list;
  const [claim] = volumes.filter((volume) => volume.at("name").text === "data");
  assert.equal(claim?.at("persistentVolumeClaim", "claimName").text, "data-postgres-backup");
  assert.deepEqual(ofKind(stackOf({}), "Service", "postgres-backup"), []);
});
