import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiObject } from "../lab/pulumi/plugins/kubernetes/api-object";
import { diffObject, inputsFromLive } from "../lab/pulumi/plugins/kubernetes/diff";
import { mayForcePreview, takeOverPatch } from "../lab/pulumi/plugins/kubernetes/managed-fields";
import { withObjectName } from "../lab/pulumi/plugins/kubernetes/name";
import { parseQuantity } from "../lab/pulumi/plugins/kubernetes/quantity";
import { propagationOf } from "../lab/pulumi/plugins/kubernetes/remove-object";
import { withApiKeys, withProgramKeys } from "../lab/pulumi/plugins/kubernetes/schema-keys";
import { isNamespaced } from "../lab/pulumi/plugins/kubernetes/scope";
import { withEncodedData } from "../lab/pulumi/plugins/kubernetes/secret-data";
import { checkSettings, readSettings } from "../lab/pulumi/plugins/kubernetes/settings";
import { parseTypeToken } from "../lab/pulumi/plugins/kubernetes/type-token";
import type { Properties } from "../lab/pulumi/plugins/protocol/values";

const FROZEN = { configMaps: false, secrets: false };

/** Inputs of one kind, with a name of their own. */
function inputsOf(apiVersion: string, kind: string, fields: Properties): ApiObject {
  return { apiVersion, kind, metadata: { name: "one", namespace: "space" }, ...fields };
}

/** What the server made of the inputs: all of them, its own fields and defaults. */
function liveOf(inputs: ApiObject): ApiObject {
  const metadata = { name: "one", namespace: "space", uid: "u", resourceVersion: "7" };
  return { ...inputs, metadata, status: { phase: "Active" }, defaulted: true };
}

test("a refresh sees what was changed by hand, in the terms of the inputs", () => {
  const inputs = inputsOf("apps/v1", "Deployment", {
    spec: { replicas: 2, template: { hostNetwork: false, containers: [{ image: "a" }] } },
  });
  const live = liveOf({
    ...inputs,
    spec: { replicas: 0, template: { containers: [{ image: "a", pulled: true }] }, extra: 1 },
  });
  const found = inputsFromLive(live, inputs);
  assert.deepEqual(found["spec"], {
    replicas: 0,
    template: { hostNetwork: false, containers: [{ image: "a" }] },
  });
  const { changes } = diffObject(live, inputs, found, FROZEN);
  assert.deepEqual(
    changes.map((change) => [change.property, change.kind]),
    [["spec.replicas", "update"]],
  );
});

test("a Secret is sent as data and read back as it was given", () => {
  const inputs = inputsOf("v1", "Secret", { stringData: { text: "whale" } });
  const sent = withEncodedData(inputs);
  assert.deepEqual([sent["data"], sent["stringData"]], [{ text: "d2hhbGU=" }, undefined]);
  assert.deepEqual(inputsFromLive(liveOf(sent), inputs)["stringData"], { text: "whale" });
  assert.deepEqual(diffObject(liveOf(sent), inputs, inputs, FROZEN).changes, []);
});

test("a name is drawn once, marked and kept", () => {
  const bare = { apiVersion: "v1", kind: "ConfigMap" };
  const context = { name: "config", olds: {}, seed: Buffer.from("a") };
  const first = withObjectName(bare, context);
  assert.match(JSON.stringify(first["metadata"]), /"name":"config-[0-9a-f]{8}"/);
  assert.deepEqual(
    withObjectName(bare, { ...context, olds: first, seed: Buffer.from("b") }),
    first,
  );
  const named = inputsOf("v1", "ConfigMap", {});
  assert.equal(withObjectName(named, { ...context, olds: first }), named);
});

test("types stand for kinds of the API; files, charts, lists and patches are refused", () => {
  assert.deepEqual(parseTypeToken("kubernetes:core/v1:ConfigMap"), {
    apiVersion: "v1",
    kind: "ConfigMap",
  });
  assert.equal(parseTypeToken("kubernetes:apps/v1:Deployment")?.apiVersion, "apps/v1");
  assert.equal(parseTypeToken("kubernetes:example.com/v1:WhaleList")?.kind, "WhaleList");
  for (const token of [
    "kubernetes:yaml/v2:ConfigGroup",
    "kubernetes:yaml:ConfigFile",
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:core/v1:ConfigMapList",
    "kubernetes:apps/v1:DeploymentPatch",
  ]) {
    assert.equal(parseTypeToken(token), undefined, token);
  }
});

test("it is known which kinds live in a namespace", () => {
  assert.equal(isNamespaced("v1", "ConfigMap"), true);
  assert.equal(isNamespaced("v1", "Namespace"), false);
  assert.equal(isNamespaced("rbac.authorization.k8s.io/v1", "ClusterRole"), false);
  assert.equal(isNamespaced("example.com/v1", "Whale"), undefined);
});

test("quantities are compared by what they stand for", () => {
  const pairs: [string, number][] = [
    ["500m", 0.5],
    ["1Ki", 1024],
    ["0.5Gi", 536870912],
    ["2k", 2000],
    ["1e3", 1000],
  ];
  for (const [text, value] of pairs) assert.equal(parseQuantity(text), value, text);
  assert.equal(parseQuantity("big"), undefined);
});

test("the provider's settings come wrapped, as text, or from the environment", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47", value: "apiVersion: v1" };
  const settings = readSettings({ kubeconfig: secret, enableConfigMapMutable: "true" });
  assert.equal(settings.kubeconfig, "apiVersion: v1");
  assert.deepEqual(settings.mutable, { configMaps: true, secrets: false });
  const refused = checkSettings({ enableServerSideApply: "false", renderYamlToDirectory: "out" });
  assert.deepEqual(
    refused.failures.map((failure) => failure.property),
    ["renderYamlToDirectory", "enableServerSideApply"],
  );
});

test("an update takes over the fields of the create and of kubectl, and no others", () => {
  const entry = (manager: string, operation: string, field: string, more: Properties = {}) => ({
    manager,
    operation,
    fieldsV1: { [`f:${field}`]: {} },
    ...more,
  });
  const live = (...managedFields: Properties[]): ApiObject => ({
    metadata: { name: "one", resourceVersion: "7", managedFields },
  });
  const ours = entry("pulumi-kubernetes-1", "Apply", "a");
  const scaled = entry("kubectl", "Update", "replicas", { subresource: "scale" });
  const controller = entry("kube-controller-manager", "Update", "status", {
    subresource: "status",
  });
  const [change] = takeOverPatch(live(ours, scaled, controller), "pulumi-kubernetes-1") ?? [];
  assert.deepEqual(change?.["value"], [
    controller,
    { ...ours, fieldsV1: { "f:a": {}, "f:replicas": {} } },
  ]);
  assert.equal(takeOverPatch(live(ours, controller), "pulumi-kubernetes-1"), undefined);
  assert.equal(mayForcePreview(live(ours, entry("operator", "Update", "b"))), false);
});

test("dependents go before their owner, unless an annotation says otherwise", () => {
  const annotated = (policy: string): ApiObject => ({
    metadata: { annotations: { "pulumi.com/deletionPropagationPolicy": policy } },
  });
  assert.equal(propagationOf({}), "Foreground");
  assert.equal(propagationOf(annotated("background")), "Background");
  assert.equal(propagationOf(annotated("orphan")), "Orphan");
});

test("a custom kind's schema is written with underscores and sent with dashes", () => {
  const schema = (key: string): ApiObject => ({
    kind: "CustomResourceDefinition",
    spec: { versions: [{ schema: { [key]: true } }] },
  });
  const program = schema("x_kubernetes_preserve_unknown_fields");
  const sent = schema("x-kubernetes-preserve-unknown-fields");
  assert.deepEqual(withApiKeys(program), sent);
  assert.deepEqual(withProgramKeys(sent), program);
});
