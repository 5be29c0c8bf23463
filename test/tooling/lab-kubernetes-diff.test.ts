import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiObject } from "../lab/pulumi/plugins/kubernetes/api-object";
import { diffObject } from "../lab/pulumi/plugins/kubernetes/diff";
import { AUTONAMED } from "../lab/pulumi/plugins/kubernetes/name";
import { UNKNOWN, type Properties } from "../lab/pulumi/plugins/protocol/values";

const FROZEN = { configMaps: false, secrets: false };
const MUTABLE = { configMaps: true, secrets: true };

/** Inputs of one kind, with a name of their own. */
function inputsOf(apiVersion: string, kind: string, fields: Properties): ApiObject {
  return { apiVersion, kind, metadata: { name: "one", namespace: "space" }, ...fields };
}

/** What the server made of the inputs: all of them, its own fields and defaults. */
function liveOf(inputs: ApiObject): ApiObject {
  const metadata = { name: "one", namespace: "space", uid: "u", resourceVersion: "7" };
  return { ...inputs, metadata, status: { phase: "Active" }, defaulted: true };
}

/** What a change of inputs does: `none`, `update`, or `replace` and what it names. */
function effect(old: ApiObject, wanted: ApiObject, mutable = FROZEN): string {
  const { changes, deleteBeforeReplace } = diffObject(liveOf(old), wanted, old, mutable);
  if (changes.length === 0) return "none";
  const replaced = changes.filter((change) => change.replaces);
  if (replaced.length === 0) return "update";
  return deleteBeforeReplace ? "delete, then create" : "create, then delete";
}

const spec = (fields: Properties): Properties => ({ spec: fields });
const labels = (app: string): Properties => ({ matchLabels: { app } });
const template = (image: string): Properties => ({
  template: { spec: { containers: [{ name: "main", image }] } },
});

/** Kind, fields before, fields after, what happens. */
const CHANGES: [apiVersion: string, kind: string, Properties, Properties, string][] = [
  ["v1", "ConfigMap", { data: { a: "1" } }, { data: { a: "1" } }, "none"],
  ["v1", "ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }, "delete, then create"],
  ["v1", "ConfigMap", { data: { a: "1" } }, { data: { a: "1", b: "2" } }, "delete, then create"],
  ["v1", "ConfigMap", { data: { a: "1", b: "2" } }, { data: { a: "1" } }, "delete, then create"],
  ["v1", "Secret", { type: "Opaque" }, { type: "other" }, "delete, then create"],
  ["v1", "Secret", { data: { a: "MQ==" } }, { data: { a: "Mg==" } }, "delete, then create"],
  ["apps/v1", "Deployment", spec({ replicas: 1 }), spec({ replicas: 2 }), "update"],
  ["apps/v1", "Deployment", spec(template("a")), spec(template("b")), "update"],
  [
    "apps/v1",
    "Deployment",
    spec({ selector: labels("a") }),
    spec({ selector: labels("b") }),
    "delete, then create",
  ],
  [
    "apps/v1",
    "DaemonSet",
    spec({ selector: labels("a") }),
    spec({ selector: labels("b") }),
    "delete, then create",
  ],
  ["apps/v1", "StatefulSet", spec({ replicas: 1 }), spec({ replicas: 3 }), "update"],
  [
    "apps/v1",
    "StatefulSet",
    spec({ serviceName: "a" }),
    spec({ serviceName: "b" }),
    "delete, then create",
  ],
  [
    "apps/v1",
    "StatefulSet",
    spec({ selector: labels("a") }),
    spec({ selector: labels("b") }),
    "delete, then create",
  ],
  [
    "apps/v1",
    "StatefulSet",
    spec({}),
    spec({ podManagementPolicy: "Parallel" }),
    "delete, then create",
  ],
  ["apps/v1", "StatefulSet", spec({}), spec({ revisionHistoryLimit: 3 }), "delete, then create"],
  [
    "apps/v1",
    "StatefulSet",
    spec({ volumeClaimTemplates: [{ spec: { resources: { requests: { storage: "1Gi" } } } }] }),
    spec({ volumeClaimTemplates: [{ spec: { resources: { requests: { storage: "2Gi" } } } }] }),
    "delete, then create",
  ],
  [
    "v1",
    "PersistentVolumeClaim",
    spec({ accessModes: ["a"] }),
    spec({ accessModes: ["b"] }),
    "delete, then create",
  ],
  [
    "v1",
    "PersistentVolumeClaim",
    spec({ storageClassName: "a" }),
    spec({ storageClassName: "b" }),
    "delete, then create",
  ],
  [
    "v1",
    "PersistentVolumeClaim",
    spec({ resources: { requests: { storage: "1Gi" } } }),
    spec({ resources: { requests: { storage: "2Gi" } } }),
    "update",
  ],
  [
    "v1",
    "Service",
    spec({ clusterIP: "None" }),
    spec({ clusterIP: "10.0.0.1" }),
    "delete, then create",
  ],
  ["v1", "Service", spec({ ports: [{ port: 1 }] }), spec({ ports: [{ port: 2 }] }), "update"],
  ["batch/v1", "Job", spec(template("a")), spec(template("b")), "delete, then create"],
  ["batch/v1", "CronJob", spec({ schedule: "1" }), spec({ schedule: "2" }), "update"],
  [
    "policy/v1",
    "PodDisruptionBudget",
    spec({ minAvailable: 1 }),
    spec({ minAvailable: 2 }),
    "update",
  ],
  [
    "v1",
    "Pod",
    spec({ containers: [{ image: "a" }] }),
    spec({ containers: [{ image: "b" }] }),
    "delete, then create",
  ],
  ["v1", "Pod", spec({ activeDeadlineSeconds: 1 }), spec({ activeDeadlineSeconds: 2 }), "update"],
  ["example.com/v1", "Whale", spec({ size: 1 }), spec({ size: 2 }), "update"],
  [
    "apps/v1",
    "Deployment",
    spec({ limits: { cpu: "500m" } }),
    spec({ limits: { cpu: "0.5" } }),
    "none",
  ],
  ["apps/v1", "Deployment", spec({ image: "1" }), spec({ image: "1.0" }), "update"],
  [
    "apps/v1",
    "Deployment",
    spec({ template: { a: UNKNOWN } }),
    spec({ template: { a: UNKNOWN } }),
    "update",
  ],
];

test("a change updates an object or makes it anew, by its kind and field", () => {
  for (const [apiVersion, kind, before, after, expected] of CHANGES) {
    const [old, wanted] = [inputsOf(apiVersion, kind, before), inputsOf(apiVersion, kind, after)];
    const said = JSON.stringify([kind, before, after]);
    assert.equal(effect(old, wanted), expected, said);
  }
});

test("data changes in place where the provider says so, unless the object is immutable", () => {
  for (const [kind, field] of [
    ["ConfigMap", "data"],
    ["Secret", "stringData"],
  ] as const) {
    const [old, wanted] = ["1", "2"].map((a) => inputsOf("v1", kind, { [field]: { a } }));
    assert.ok(old && wanted);
    assert.equal(effect(old, wanted, MUTABLE), "update");
    assert.equal(effect(old, { ...wanted, immutable: true }, MUTABLE), "delete, then create");
  }
});

test("an object with a new name, or a name from the plugin, is created before the old one goes", () => {
  const old = inputsOf("v1", "ConfigMap", { data: { a: "1" } });
  const renamed = { ...old, metadata: { name: "other", namespace: "space" } };
  assert.equal(effect(old, renamed), "create, then delete");
  const moved = { ...old, metadata: { name: "one", namespace: "elsewhere" } };
  assert.equal(effect(old, moved), "create, then delete");
  const metadata = { name: "one", namespace: "space", annotations: { [AUTONAMED]: "true" } };
  const live = { ...liveOf(old), metadata: { ...metadata, uid: "u" } };
  const wanted = { ...old, metadata, data: { a: "2" } };
  const difference = diffObject(live, wanted, { ...old, metadata }, FROZEN);
  assert.deepEqual(
    [difference.changes.map((change) => change.property), difference.deleteBeforeReplace],
    [["data.a"], false],
  );
});
