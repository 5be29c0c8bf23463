import { createHash } from "node:crypto";
import type { FileMount } from "../../../../model/files";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";

const DIGEST_CHARACTERS = 10;

/**
 * The name of the ConfigMap of a mount. A program that reloads keeps its map and gets the new text;
 * for every other the content's digest is in the name, so that a change rolls the pods.
 */
export function configMapName(workload: Workload, mount: FileMount): string {
  const base = `${workload.name}-${mount.name}`;
  if (mount.onChange === "reload") return base;
  const digest = createHash("sha256")
    .update(JSON.stringify(plainFiles(mount)))
    .digest("hex");
  return `${base}-${digest.slice(0, DIGEST_CHARACTERS)}`;
}

/** The ConfigMap of a mount without secrets. */
export function configMap(
  workload: Workload,
  mount: FileMount,
  { stack }: ClusterContext,
): KubernetesObject {
  return {
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: {
      name: configMapName(workload, mount),
      namespace: namespaceName(stack, tierOf(workload)),
      labels: objectLabels(stack, workload),
    },
    data: plainFiles(mount),
    ...(mount.onChange === "replace" && { immutable: true }),
  };
}

/**
 * The texts of a mount.
 * @throws TypeError when one has a secret in it, which must never reach a ConfigMap.
 */
function plainFiles({ name, files }: FileMount): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => {
      if (typeof content !== "string") {
        throw new TypeError(`File ${file} of mount ${name} holds a secret: mark it as sensitive.`);
      }
      return [file, content];
    }),
  );
}
