import assert from "node:assert/strict";
import { clusterObjects } from "../../cli/render/cluster-objects";
import { plainValue } from "../../cli/render/plain-value";
import type { KubernetesObject } from "../../components/platform/kubernetes/kubernetes-object";
import { CONTROLLERS } from "../../cli/render/controllers";
import { provisionFiles } from "../../configs/provision";
import type { Stack } from "../../model/stack";
import { resolveStack } from "../../model/resolve-stack";
import { Tree } from "./rendered";
import { projectFile, rawFrom, rawFromYaml, settingsFrom, type Values } from "./stack-settings";

/** The stack `whalewatch/test` of these values on Kubernetes. */
export function clusterStack(values: Values, secrets: readonly string[] = []): Stack {
  const raw = rawFrom({ platform: "kubernetes", ...values }, secrets);
  return resolveStack("whalewatch", "test", settingsFrom(raw));
}

/** A stack file of the project on Kubernetes, where images are pulled and none is built. */
export function projectCluster(name: "dev" | "prod", changes: Values = {}): Stack {
  const raw = rawFromYaml(projectFile(`Pulumi.${name}.yaml`), name);
  const services = entriesOf(raw.values["services"]).map(([service, declared]) => [
    service,
    Object.fromEntries(entriesOf(declared).filter(([key]) => key !== "build")),
  ]);
  const values = {
    ...raw.values,
    services: Object.fromEntries(services) as unknown,
    platform: "kubernetes",
    ...changes,
  };
  return resolveStack("whalewatch", name, settingsFrom({ ...raw, values }));
}

/** The entries of a mapping read from YAML; none of anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Every object of a stack but Secrets. */
export function objectsOf(stack: Stack): readonly KubernetesObject[] {
  return clusterObjects(stack, provisionFiles(stack)).objects;
}

/** An object as an API server gets it. */
export interface PlainObject {
  readonly kind: string;
  readonly name: string;
  /** Empty for what stands in none. */
  readonly namespace: string;
  readonly tree: Tree;
}

const known = new WeakMap<Stack, readonly PlainObject[]>();

/** Every object of a stack as an API server gets it. */
export function plainObjects(stack: Stack): readonly PlainObject[] {
  const objects = known.get(stack) ?? objectsOf(stack).map(asPlain);
  known.set(stack, objects);
  return objects;
}

function asPlain(object: KubernetesObject): PlainObject {
  const tree = Tree.of(plainValue(object));
  const namespace = tree.at("metadata", "namespace").plain;
  return {
    kind: object.kind,
    name: tree.at("metadata", "name").text,
    namespace: typeof namespace === "string" ? namespace : "",
    tree,
  };
}

/** The objects of a kind and, if given, a name. */
export function ofKind(stack: Stack, kind: string, name?: string): PlainObject[] {
  return plainObjects(stack).filter(
    (object) => object.kind === kind && (name === undefined || object.name === name),
  );
}

/** The one object of a kind and name. */
export function theObject(stack: Stack, kind: string, name: string): Tree {
  const [found, ...others] = ofKind(stack, kind, name);
  assert.ok(found, `no ${kind} ${name}`);
  assert.deepEqual(others, []);
  return found.tree;
}

/** The template of a controller's pods. */
export function templateOf({ kind, tree }: Pick<PlainObject, "kind" | "tree">): Tree {
  const within = kind === "CronJob" ? ["spec", "jobTemplate"] : [];
  return tree.at(...within, "spec", "template");
}

/** What runs, by the name of its workload. */
export function controllersOf(stack: Stack): PlainObject[] {
  return plainObjects(stack).filter(({ kind }) => CONTROLLERS.includes(kind));
}

/** The pod template's spec of a workload. */
export function podOf(stack: Stack, workload: string): Tree {
  const found = controllersOf(stack).find(({ name }) => name === workload);
  assert.ok(found, `nothing runs ${workload}`);
  return templateOf(found).at("spec");
}

/** The one container of a workload's pods. */
export function containerOf(stack: Stack, workload: string): Tree {
  const [container, ...others] = podOf(stack, workload).at("containers").list;
  assert.ok(container, `${workload} has no container`);
  assert.deepEqual(others, []);
  return container;
}
