import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";

/**
 * An identity of its own for each workload, without a token: of them all only who has declared access
 * talks to the API, and its pods ask for the token themselves.
 */
export function serviceAccount(workload: Workload, { stack }: ClusterContext): KubernetesObject {
  return {
    kind: "ServiceAccount",
    apiVersion: "v1",
    metadata: {
      name: workload.name,
      namespace: namespaceName(stack, tierOf(workload)),
      labels: objectLabels(stack, workload),
    },
    automountServiceAccountToken: false,
  };
}
