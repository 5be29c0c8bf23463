import type { Port, Workload } from "../../../../model/workload";
import type { KubernetesObject, NamedObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { portName } from "./pod-template";

/** How many pods a name leads to, and through what. */
type Kind = "address" | "ready pods" | "all pods";

/**
 * The names of a workload's pods. Clients of services and stores get one address that stays: theirs
 * would lead to pods that are gone for as long as a name is remembered. What watches is looked up pod
 * by pod.
 */
export function services(workload: Workload, context: ClusterContext): NamedObject[] {
  const { name, role, ports, everyReplicaName } = workload;
  if (ports.length === 0) return [];
  const named = (as: string, kind: Kind): NamedObject => ({
    name: as,
    object: service(as, kind, workload, context),
  });
  return [
    named(name, role === "service" || role === "store" ? "address" : podsOf(ports)),
    ...(everyReplicaName === undefined ? [] : [named(everyReplicaName, "all pods")]),
  ];
}

/** Members of a cluster must find one another before any of them is ready. */
const podsOf = (ports: readonly Port[]): Kind =>
  ports.some(({ amongReplicas }) => amongReplicas === true) ? "all pods" : "ready pods";

function service(
  name: string,
  kind: Kind,
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
      // It is there before its pods, and Pulumi would wait for them before it makes any.
      ...(kind === "address" && { annotations: { "pulumi.com/skipAwait": "true" } }),
    },
    spec: {
      ...(kind !== "address" && { clusterIP: "None" }),
      ...(kind === "all pods" && { publishNotReadyAddresses: true }),
      selector: selectorLabels(stack, workload),
      ports: workload.ports.map((port) => ({
        name: portName(port),
        port: port.container,
        targetPort: port.container,
        ...(port.protocol === "udp" && { protocol: "UDP" }),
      })),
    },
  };
}
