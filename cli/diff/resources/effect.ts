import type { PlannedResource } from "../../plan/planned-resources";
import { DOCKER_EFFECTS } from "./docker-effects";
import { kubernetesEffect } from "./kubernetes-effects";
import type { Effect, TypeEffects } from "./type-effects";

const PASSWORD = "random:index/randomPassword:RandomPassword";

/** Types whose properties decide as a whole, by type token. */
const EFFECTS: Readonly<Record<string, TypeEffects>> = {
  ...DOCKER_EFFECTS,
  // Another length, another alphabet: a password is drawn anew.
  [PASSWORD]: { otherwise: "replaces", listed: {}, unordered: [] },
  // Another cluster: everything on it is made anew there.
  "pulumi:providers:kubernetes": {
    otherwise: "recorded",
    listed: { context: "replaces", kubeconfig: "replaces", cluster: "replaces" },
    unordered: [],
  },
};

/** What the provider does when the property at a path changes; list positions are no part of it. */
export function effectOf(resource: PlannedResource, path: readonly string[]): Effect {
  const [property = ""] = path;
  if (resource.replaceOnChanges.includes(property)) return "replaces";
  if (resource.type.startsWith("kubernetes:")) return kubernetesEffect(resource, path);
  const effects = EFFECTS[resource.type];
  return effects?.listed[property] ?? effects?.otherwise ?? "in place";
}

/** Whether order means nothing in a list of a resource type. */
export function isUnordered(type: string, property: string): boolean {
  return EFFECTS[type]?.unordered.includes(property) ?? false;
}

/** Whether a resource gives other outputs after a change that did not replace it: a built image. */
export function renewsOutputs(type: string): boolean {
  return type === "docker:index/image:Image";
}

/** Whether a resource's secret outputs are drawn when it is made. */
export function drawsSecret(type: string | undefined): boolean {
  return type === PASSWORD;
}
