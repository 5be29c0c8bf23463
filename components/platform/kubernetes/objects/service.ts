import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { portName } from "./pod-template";

/**
 * A name for a workload's pods. Headless: a lookup gives every ready pod, which is what Prometheus'
 * discovery by DNS and clients with a pool of connections want.
 */
export function service(workload: Workload, { stack }: ClusterContext): KubernetesObject {
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: {
      name: workload.name,
      namespace: namespaceName(stack, tierOf(workload)),
      labels: objectLabels(stack, workload),
    },
    spec: {
      clusterIP: "None",
      selector: selectorLabels(stack, workload),
      // Members of a cluster must find one another before any of them is ready.
      ...(workload.ports.some(({ amongReplicas }) => amongReplicas === true) && {
        publishNotReadyAddresses: true,
      }),
      ports: workload.ports.map((port) => ({
        name: portName(port),
        port: port.container,
        targetPort: port.container,
        ...(port.protocol === "udp" && { protocol: "UDP" }),
      })),
    },
  };
}
