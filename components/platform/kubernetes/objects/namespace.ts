import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, stackLabels, type Tier } from "../naming";
import type { ClusterContext } from "./context";

/**
 * A tier's namespace. The API server itself refuses pods there that are not `restricted`; `host`
 * alone is open, for what must read the node.
 */
export function namespace(tier: Tier, { stack }: ClusterContext): KubernetesObject {
  const level = tier === "host" ? "privileged" : "restricted";
  return {
    kind: "Namespace",
    apiVersion: "v1",
    metadata: {
      name: namespaceName(stack, tier),
      labels: {
        ...stackLabels(stack),
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/audit": level,
        "pod-security.kubernetes.io/warn": level,
      },
    },
  };
}
