import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiObject } from "../lab/pulumi/plugins/kubernetes/api-object";
import { secondsFor, skipsAwait } from "../lab/pulumi/plugins/kubernetes/await/await-ready";
import type { Verdict, View } from "../lab/pulumi/plugins/kubernetes/await/judge";
import { judgeOf } from "../lab/pulumi/plugins/kubernetes/await/judges";
import { valuesAt } from "../lab/pulumi/plugins/kubernetes/await/json-path";
import { customJudge } from "../lab/pulumi/plugins/kubernetes/await/wait-for";
import type { Properties } from "../lab/pulumi/plugins/protocol/values";

const REVISION = "deployment.kubernetes.io/revision";

/** What the judge of an object's kind says of it. */
function verdictOn(object: ApiObject, around: Partial<View> = {}): Verdict {
  const judge = judgeOf(object);
  assert.ok(judge, JSON.stringify(object));
  const nothing = { pods: [], replicaSets: [], claims: [], endpoints: [], storageClasses: [] };
  return judge.judge({
    object,
    written: object,
    previous: undefined,
    settled: false,
    ...nothing,
    ...around,
  });
}

function made(apiVersion: string, kind: string, spec: Properties, status: Properties): ApiObject {
  return { apiVersion, kind, metadata: { name: "one", uid: "u", generation: 2 }, spec, status };
}

const condition = (type: string, status: string, reason = ""): Properties => ({
  type,
  status,
  reason,
  message: `${type} is ${status}`,
});

const stuck: ApiObject = {
  metadata: { name: "pod-1", namespace: "space", ownerReferences: [{ uid: "u" }, { uid: "rs" }] },
  status: {
    conditions: [condition("PodScheduled", "True"), condition("Ready", "False")],
    containerStatuses: [
      {
        name: "main",
        state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } },
      },
    ],
  },
};
const STUCK = "[Pod space/pod-1]: Ready is False -- [ImagePullBackOff] no such image";

test("a StatefulSet is ready when every replica is, in the newest revision", () => {
  const done = {
    observedGeneration: 2,
    replicas: 2,
    readyReplicas: 2,
    currentReplicas: 2,
    updatedReplicas: 2,
    currentRevision: "b",
    updateRevision: "b",
  };
  const table: [Properties, boolean][] = [
    [{}, true],
    [{ observedGeneration: 1 }, false],
    [{ readyReplicas: 1 }, false],
    [{ currentReplicas: 1 }, false],
    [{ currentRevision: "a" }, false],
  ];
  for (const [change, ready] of table) {
    const object = made("apps/v1", "StatefulSet", { replicas: 2 }, { ...done, ...change });
    assert.equal(verdictOn(object).ready, ready, JSON.stringify(change));
  }
  const byHand = { replicas: 2, updateStrategy: { type: "OnDelete" } };
  const old = { ...done, currentRevision: "a", currentReplicas: 0 };
  assert.ok(verdictOn(made("apps/v1", "StatefulSet", byHand, old)).ready);
  const none = made("apps/v1", "StatefulSet", { replicas: 1 }, { ...done, readyReplicas: 0 });
  assert.deepEqual(verdictOn(none, { pods: [stuck] }).problems, [
    "0 out of 1 replicas succeeded readiness checks",
    STUCK,
  ]);
});

test("a Deployment is ready when its newest replicas and its claims are", () => {
  const status = {
    observedGeneration: 2,
    conditions: [
      condition("Available", "True"),
      condition("Progressing", "True", "NewReplicaSetAvailable"),
    ],
  };
  const spec = { template: { spec: { volumes: [{ persistentVolumeClaim: { claimName: "c" } }] } } };
  const object = {
    ...made("apps/v1", "Deployment", spec, status),
    metadata: { name: "one", uid: "u", generation: 2, annotations: { [REVISION]: "2" } },
  };
  const set = (revision: string, readyReplicas: number): ApiObject => ({
    metadata: {
      uid: "rs",
      annotations: { [REVISION]: revision },
      ownerReferences: [{ uid: "u" }],
    },
    spec: { replicas: 2 },
    status: { readyReplicas },
  });
  const claim = (phase: string): ApiObject => ({ metadata: { name: "c" }, status: { phase } });
  assert.ok(verdictOn(object, { replicaSets: [set("1", 0), set("2", 2)] }).ready);
  assert.ok(!verdictOn(object, { replicaSets: [set("1", 2)] }).ready);
  assert.ok(!verdictOn(object, { replicaSets: [set("2", 1)] }).ready);
  const unbound = verdictOn(object, { replicaSets: [set("2", 2)], claims: [claim("Pending")] });
  assert.deepEqual(unbound.problems, ['Failed to bind PersistentVolumeClaim(s): "c"']);
  const late = verdictOn(object, { replicaSets: [set("2", 0)], pods: [stuck] });
  assert.ok(late.problems.includes(STUCK));
});

test("a DaemonSet, a Job and a Pod are ready when they have done their work", () => {
  const counts = {
    observedGeneration: 2,
    desiredNumberScheduled: 1,
    currentNumberScheduled: 1,
    updatedNumberScheduled: 1,
    numberAvailable: 1,
    numberReady: 1,
  };
  assert.ok(verdictOn(made("apps/v1", "DaemonSet", {}, counts)).ready);
  assert.ok(!verdictOn(made("apps/v1", "DaemonSet", {}, { ...counts, numberReady: 0 })).ready);
  assert.ok(!verdictOn(made("apps/v1", "DaemonSet", {}, { observedGeneration: 2 })).ready);

  const job = (...conditions: Properties[]): ApiObject =>
    made("batch/v1", "Job", {}, { startTime: "now", conditions });
  assert.ok(verdictOn(job(condition("Complete", "True"))).ready);
  assert.equal(verdictOn(job()).failed, undefined);
  const failed = verdictOn(job(condition("Failed", "True", "BackoffLimitExceeded")));
  assert.deepEqual(failed, {
    ready: false,
    failed: true,
    problems: ["[BackoffLimitExceeded] Failed is True"],
  });

  const pod = (status: Properties): ApiObject => made("v1", "Pod", {}, status);
  const scheduled = condition("PodScheduled", "True");
  assert.ok(verdictOn(pod({ conditions: [scheduled, condition("Ready", "True")] })).ready);
  assert.ok(verdictOn(pod({ conditions: [scheduled], phase: "Succeeded" })).ready);
  assert.ok(!verdictOn(pod({ conditions: [scheduled, condition("Ready", "False")] })).ready);
});

test("a claim is waited for, unless its class waits for the first consumer", () => {
  const claim = (phase: string): ApiObject =>
    made("v1", "PersistentVolumeClaim", { storageClassName: "fast" }, { phase });
  const storage = (volumeBindingMode: string): Partial<View> => ({
    storageClasses: [{ metadata: { name: "fast" }, volumeBindingMode }],
  });
  assert.ok(!verdictOn(claim("Pending"), storage("Immediate")).ready);
  assert.ok(verdictOn(claim("Bound"), storage("Immediate")).ready);
  assert.ok(verdictOn(claim("Pending"), storage("WaitForFirstConsumer")).ready);
});

test("a Service waits 10 seconds for pods, then until none of them is unready", () => {
  const service = (spec: Properties, status: Properties = {}): ApiObject =>
    made("v1", "Service", { selector: { app: "a" }, clusterIP: "10.0.0.1", ...spec }, status);
  const behind = (...names: string[]): Partial<View> => ({
    endpoints: [
      {
        metadata: { name: "one" },
        subsets: names.map((name) => ({ [name]: [{ ip: "10.1.0.1" }] })),
      },
    ],
  });
  const table: [ApiObject, Partial<View>, boolean][] = [
    [service({ clusterIP: "None" }), {}, true],
    [service({ selector: {} }), {}, true],
    [service({ type: "ExternalName" }), {}, true],
    [service({}), behind("addresses"), false],
    [service({}), { ...behind("addresses"), settled: true }, true],
    [service({}), { ...behind("notReadyAddresses"), settled: true }, false],
    [service({}), { settled: true }, true],
    [service({ type: "LoadBalancer" }), { settled: true }, false],
    [
      service({ type: "LoadBalancer" }, { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } }),
      { settled: true },
      true,
    ],
  ];
  for (const [object, around, ready] of table) {
    assert.equal(verdictOn(object, around).ready, ready, JSON.stringify([object, around]));
  }
});

test("an Ingress waits for an address; other kinds are ready once they are there", () => {
  const path = { backend: { service: { name: "web" } } };
  const spec = { rules: [{ http: { paths: [path] } }] };
  const addressed = { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } };
  const endpoints = [{ metadata: { name: "web" } }];
  const kind = ["networking.k8s.io/v1", "Ingress"] as const;
  assert.ok(!verdictOn(made(...kind, spec, {}), { endpoints, settled: true }).ready);
  assert.ok(!verdictOn(made(...kind, spec, addressed)).ready);
  assert.ok(verdictOn(made(...kind, spec, addressed), { endpoints }).ready);
  for (const name of ["ConfigMap", "Namespace", "Secret", "ServiceAccount"]) {
    assert.equal(judgeOf(made("v1", name, {}, {})), undefined);
  }
});

test("annotations say what to wait for, and for how long", () => {
  const annotated = (name: string, value: string): ApiObject => ({
    metadata: { annotations: { [`pulumi.com/${name}`]: value } },
    status: {
      phase: "Running",
      conditions: [condition("Ready", "True"), condition("Synced", "False")],
    },
  });
  assert.ok(skipsAwait(annotated("skipAwait", "true")));
  assert.equal(secondsFor(annotated("timeoutSeconds", "30"), 0), 30);
  assert.equal(secondsFor(annotated("timeoutSeconds", "30"), 8), 8);
  assert.equal(secondsFor({}, 0), 600);
  const table: [string, boolean][] = [
    ["jsonpath={.status.phase}=Running", true],
    ["jsonpath={.status.phase}=Failed", false],
    ["jsonpath={.status.address}", false],
    ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=True', true],
    ["condition=Ready", true],
    ["condition=Synced", false],
    ["condition=Synced=False", true],
    ['["condition=Ready", "condition=Synced"]', false],
  ];
  for (const [text, ready] of table) {
    const object = annotated("waitFor", text);
    const view = { object, written: object, previous: undefined, settled: true };
    const around = { pods: [], replicaSets: [], claims: [], endpoints: [], storageClasses: [] };
    assert.equal(customJudge(object)?.judge({ ...view, ...around }).ready, ready, text);
  }
  assert.throws(() => customJudge(annotated("waitFor", "Ready")), /expected a "jsonpath="/);
  assert.equal(customJudge({}), undefined);
});

test("a path finds values in lists and under awkward names", () => {
  const object = { a: [{ "b.c": 1 }, { "b.c": 2 }] };
  assert.deepEqual(valuesAt(object, "{.a[1]['b.c']}"), [2]);
  assert.deepEqual(valuesAt(object, "{.a[*]['b.c']}"), [1, 2]);
  assert.throws(() => valuesAt(object, "{..a}"), /cannot read/);
});
