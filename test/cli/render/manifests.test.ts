import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { renderFiles } from "../../../cli/commands/render";
import { manifests } from "../../../cli/render/manifests";
import { plainValue } from "../../../cli/render/plain-value";
import { clusterStack, objectsOf, plainObjects, projectCluster } from "../../support/cluster";
import { Tree } from "../../support/rendered";
import { service } from "../../support/stack-settings";

const prod = projectCluster("prod");
const files = renderFiles(prod);
const yaml = files.filter(({ path }) => path.startsWith("manifests/"));

test("one file for each object, each under a name of its own", () => {
  assert.equal(yaml.length, plainObjects(prod).length);
  assert.equal(new Set(yaml.map(({ path }) => path)).size, yaml.length);
  for (const { path } of yaml) assert.match(path, /^manifests\/\d\d-[a-z0-9.-]{1,200}\.yaml$/);
});

test("in the order of their names everything comes after what it needs", () => {
  const kinds = yaml.map(({ text }) => Tree.read(text).at("kind").text);
  const order = kinds.filter((kind, index) => kinds[index - 1] !== kind);
  assert.deepEqual(order, [
    ...["Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "ClusterRole", "Role"],
    ...["ServiceAccount", "ConfigMap", "Service", "ClusterRoleBinding", "RoleBinding"],
    ...["PersistentVolumeClaim", "StatefulSet", "DaemonSet", "Deployment", "CronJob"],
    ...["PodDisruptionBudget", "Ingress"],
  ]);
});

test("kustomization.yaml lists every manifest once, in that order", () => {
  const text = files.find(({ path }) => path === "kustomization.yaml")?.text ?? "";
  assert.deepEqual(Tree.read(text).plain, {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: yaml.map(({ path }) => path),
  });
});

/** Texts that YAML 1.1, as kubectl reads it, takes for something else when they stand bare. */
const TRICKY = {
  A: "on",
  B: "No",
  C: "y",
  D: "010",
  E: "1:30",
  F: "1_000",
  G: "0x1f",
  H: "~",
  I: "null",
  J: "1e3",
  K: "2001-01-01",
  L: "<<",
  M: "",
  N: "a: b # c",
  O: "two\nlines\n\n  and a third ",
  P: "\ttab",
  Q: "- x",
  R: "é😀\u2028",
  S: "=",
  T: "0b11",
  U: ".5",
  V: "*a",
};

test("every text is text to a reader of YAML 1.1 and of YAML 1.2", () => {
  const stack = clusterStack({ services: { api: service({ env: TRICKY }) } });
  const rendered = manifests(objectsOf(stack)).map(({ text }) => text);
  const expected = new Set(plainObjects(stack).map(({ tree }) => JSON.stringify(tree.plain)));
  for (const version of ["1.1", "1.2"] as const) {
    const read = rendered.map((text) => JSON.stringify(parse(text, { version })));
    assert.deepEqual(new Set(read), expected);
  }
  const deployment = rendered.find((text) => text.includes("value: é😀")) ?? "";
  assert.match(deployment, /- name: A\n\s+value: "on"\n/);
  assert.match(deployment, /- name: D\n\s+value: "010"\n/);
});

test("ten services with their stores and all that watches stay under 600 KB", () => {
  const names = Array.from({ length: 10 }, (_, index) => `api-${index}`);
  const stack = clusterStack({
    services: Object.fromEntries(
      names.map((name) => [name, service({ needs: ["postgres", "redis"], replicas: 2 })]),
    ),
    postgres: {},
    redis: {},
  });
  const bytes = renderFiles(stack).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  assert.ok(bytes < 600_000, `${bytes} bytes`);
});

for (const [what, value] of [
  ["a promise", Promise.resolve("x")],
  ["a function", () => "x"],
  ["a class' instance", new Date(0)],
  ["no number", Number.NaN],
  ["a symbol", Symbol("x")],
] as const) {
  test(`${what} is refused where only plain values can be written`, () => {
    assert.throws(() => plainValue({ a: [{ b: value }] }), {
      name: "TypeError",
      message: "object.a[0].b is known to a deployment alone and cannot be rendered.",
    });
  });
}

test("what is absent is left out, what is empty stays", () => {
  assert.deepEqual(plainValue({ a: undefined, b: [], c: {}, d: "", e: 0, f: false, g: null }), {
    ...{ b: [], c: {}, d: "", e: 0 },
    ...{ f: false, g: null },
  });
});

test("a Secret is never written", () => {
  const metadata = { name: "x", namespace: "y" };
  assert.throws(
    () => manifests([{ kind: "Secret", apiVersion: "v1", metadata, stringData: { a: "hunter2" } }]),
    { name: "TypeError", message: /never be rendered/ },
  );
});
