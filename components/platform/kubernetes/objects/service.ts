import type { Workload } from "../../../../model/workload";
import type { KubernetesObject, NamedObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { portName } from "./pod-template";

/**
 * The names of a workload's pods. Headless: a lookup gives every pod, which is what Prometheus'
 * discovery by DNS and clients with a pool of connections want. Clients find those that are ready.
 */
export function services(workload: Workload, context: ClusterContext): NamedObject[] {
  const { name, ports, everyReplicaName } = workload;
  if (ports.length === 0) return [];
  // Members of a cluster must find one another before any of them is ready.
  const clustered = ports.some(({ amongReplicas }) => amongReplicas === true);
  return [
    { name, object: service(name, clustered, workload, context) },
    ...(everyReplicaName === undefined
      ? []
      : [{ name: everyReplicaName, object: service(everyReplicaName, true, workload, context) }]),
  ];
}

function service(
  name: string,
  unready: boolean,
  workload: Workload,
  { stack }: ClusterContext,
): KubernetesObject {
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: {
      name,
      namespace: namespaceName(stack, tierOf(workload)),
      labels: objectLabels(stack, workload),
    },
    spec: {
      clusterIP: "None",
      selector: selectorLabels(stack, workload),
      ...(unready && { publishNotReadyAddresses: true }),
      ports: workload.ports.map((port) => ({
        name: portName(port),
        port: port.container,
        targetPort: port.container,
        ...(port.protocol === "udp" && { protocol: "UDP" }),
      })),
    },
  };
}
