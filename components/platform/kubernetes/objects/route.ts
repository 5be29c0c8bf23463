import { certificateSecret } from "../../../../model/route";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";

/** The way in from outside for a workload with a host name, by the kind of route the cluster has. */
export function routes(
  workload: Workload,
  { stack, settings }: ClusterContext,
): KubernetesObject[] {
  const { host, name, ports } = workload;
  const [port] = ports;
  const { route } = settings;
  if (host === undefined || port === undefined || route === undefined) return [];
  const metadata = {
    name,
    namespace: namespaceName(stack, tierOf(workload)),
    labels: objectLabels(stack, workload),
  };
  if (route.kind === "gateway") {
    return [
      {
        kind: "HTTPRoute",
        apiVersion: "gateway.networking.k8s.io/v1",
        metadata,
        spec: {
          parentRefs: [
            {
              name: route.name,
              namespace: route.namespace,
              ...(route.listener !== undefined && { sectionName: route.listener }),
            },
          ],
          hostnames: [host],
          rules: [{ backendRefs: [{ name, port: port.container }] }],
        },
      },
    ];
  }
  const { annotations, clusterIssuer, className } = route;
  const secretName = certificateSecret(name, route);
  const told = {
    ...annotations,
    ...(clusterIssuer !== undefined && { "cert-manager.io/cluster-issuer": clusterIssuer }),
  };
  const backend = { service: { name, port: { number: port.container } } };
  return [
    {
      kind: "Ingress",
      apiVersion: "networking.k8s.io/v1",
      metadata: { ...metadata, ...(Object.keys(told).length > 0 && { annotations: told }) },
      spec: {
        ingressClassName: className,
        ...(secretName !== undefined && { tls: [{ hosts: [host], secretName }] }),
        rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    },
  ];
}
