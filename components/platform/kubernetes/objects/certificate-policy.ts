import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, stackLabels, type Tier, tierOf } from "../naming";
import type { ClusterContext } from "./context";

/** The pods by which cert-manager proves that a host is ours (ACME's HTTP-01), and their port. */
const SOLVER = { labels: { "acme.cert-manager.io/http01-solver": "true" }, port: 8089 };

/**
 * Lets the route's controller reach cert-manager's solvers, which come and go beside each Ingress:
 * a tier that denies everything else would never get a certificate. Nothing where no issuer is named.
 */
export function certificatePolicies(
  tier: Tier,
  { stack, settings: { route }, workloads }: ClusterContext,
): KubernetesObject[] {
  if (route?.kind !== "ingress" || route.clusterIssuer === undefined) return [];
  const ofTier = workloads.filter((workload) => tierOf(workload) === tier);
  if (ofTier.every(({ host }) => host === undefined)) return [];
  const controller = { "kubernetes.io/metadata.name": route.controllerNamespace };
  return [
    {
      kind: "NetworkPolicy",
      apiVersion: "networking.k8s.io/v1",
      metadata: {
        // A dot, as in no workload's name.
        name: "tier.certificates",
        namespace: namespaceName(stack, tier),
        labels: stackLabels(stack),
      },
      spec: {
        podSelector: { matchLabels: SOLVER.labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: controller } }],
            ports: [{ protocol: "TCP", port: SOLVER.port }],
          },
        ],
      },
    },
  ];
}
