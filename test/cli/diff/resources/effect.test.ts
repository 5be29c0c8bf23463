import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, isUnordered } from "../../../../cli/diff/resources/effect";
import type { Effect } from "../../../../cli/diff/resources/type-effects";
import { fixedFields as fixedHere } from "../../../../cli/diff/resources/kubernetes-effects";
import { containerSchema } from "../../../lab/pulumi/plugins/docker/container-schema";
import { imageSchema } from "../../../lab/pulumi/plugins/docker/image";
import { networkSchema } from "../../../lab/pulumi/plugins/docker/network";
import { remoteImageSchema } from "../../../lab/pulumi/plugins/docker/remote-image";
import { volumeSchema } from "../../../lab/pulumi/plugins/docker/volume";
import { fixedFields as fixedInTheLab } from "../../../lab/pulumi/plugins/kubernetes/replacement";
import type { Change, Schema } from "../../../lab/pulumi/plugins/protocol/schema";
import { passwordSchema } from "../../../lab/pulumi/plugins/random/random-password";
import {
  BUILT_IMAGE,
  CONTAINER,
  NETWORK,
  PASSWORD,
  plannedResource,
  REMOTE_IMAGE,
  VOLUME,
} from "../../../support/planned-resource";

const NAMES: Readonly<Record<Change, Effect>> = {
  replace: "replaces",
  apply: "in place",
  record: "recorded",
  "never-applied": "never applied",
};

const schemas: Readonly<Record<string, Schema>> = {
  [CONTAINER]: containerSchema,
  [NETWORK]: networkSchema,
  [VOLUME]: volumeSchema,
  [REMOTE_IMAGE]: remoteImageSchema,
  [BUILT_IMAGE]: imageSchema,
  [PASSWORD]: passwordSchema,
};
for (const [type, { rules }] of Object.entries(schemas)) {
  test(`a change of each property of ${type} does what the provider's schema says`, () => {
    const here = Object.keys(rules).map((property) => [
      property,
      effectOf(plannedResource(type, "any"), [property]),
      isUnordered(type, property),
    ]);
    const there = Object.entries(rules).map(([property, { change, kind }]) => [
      property,
      NAMES[change],
      kind === "set" || kind === "blockSet",
    ]);
    assert.ok(there.length >= 4);
    assert.deepEqual(here, there);
  });
}

test("a property that is to replace does so whatever the provider says", () => {
  const init = (replaceOnChanges: string[]) =>
    effectOf(plannedResource(CONTAINER, "api-container", { replaceOnChanges }), ["init"]);
  assert.deepEqual([init([]), init(["tmpfs", "init"])], ["never applied", "replaces"]);
});

/** Every kind that a stack may have, as `components/platform/kubernetes/register.ts` lists them. */
const kinds: readonly (readonly [group: string, kind: string])[] = [
  ["core/v1", "Namespace"],
  ["core/v1", "ResourceQuota"],
  ["core/v1", "LimitRange"],
  ["core/v1", "ServiceAccount"],
  ["rbac.authorization.k8s.io/v1", "Role"],
  ["rbac.authorization.k8s.io/v1", "RoleBinding"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  ["core/v1", "ConfigMap"],
  ["core/v1", "Secret"],
  ["core/v1", "Service"],
  ["core/v1", "PersistentVolumeClaim"],
  ["apps/v1", "Deployment"],
  ["apps/v1", "StatefulSet"],
  ["apps/v1", "DaemonSet"],
  ["batch/v1", "CronJob"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["policy/v1", "PodDisruptionBudget"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["networking.k8s.io/v1", "Ingress"],
];
for (const immutable of [true, false]) {
  for (const [group, kind] of kinds) {
    test(`the fixed fields of ${immutable ? "an immutable" : "a"} ${kind} are the provider's`, () => {
      const apiVersion = group.replace("core/", "");
      const inputs = { apiVersion, kind, immutable };
      const resource = plannedResource(`kubernetes:${group}:${kind}`, "any", { inputs });
      const mutable = { configMaps: true, secrets: true };
      const ours = new Set(fixedHere(resource));
      const theirs = fixedInTheLab(inputs, mutable);
      assert.deepEqual(
        theirs.filter((field) => !ours.has(field)),
        [],
      );
      // The API server refuses to take the mark back, so what is unmarked is made anew.
      const known = ["apiVersion", "kind", "immutable"];
      const content = immutable ? ["data", "binaryData", "stringData"] : [];
      assert.deepEqual(
        [...ours].filter((field) => ![...theirs, ...known, ...content].includes(field)),
        [],
      );
    });
  }
}

const statefulSet = plannedResource("kubernetes:apps/v1:StatefulSet", "postgres-stateful-set");
for (const [path, effect] of [
  [["spec", "serviceName"], "replaces"],
  [["spec", "volumeClaimTemplates", "spec", "resources", "requests", "storage"], "replaces"],
  [["spec", "serviceNames"], "in place"],
  [["spec", "replicas"], "in place"],
  [["spec", "template", "spec", "containers", "image"], "in place"],
  [["metadata", "namespace"], "replaces"],
  [["metadata", "labels", "app"], "in place"],
] as const) {
  test(`${path.join(".")} of a StatefulSet: ${effect}`, () => {
    assert.equal(effectOf(statefulSet, path), effect);
  });
}
