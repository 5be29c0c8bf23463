import type { input } from "@pulumi/kubernetes/types";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import {
  namespaceName,
  objectLabels,
  selectorLabels,
  stackLabels,
  type Tier,
  tierOf,
} from "../naming";
import type { ClusterContext } from "./context";

const DNS_PORT = 53;
/** Everything that is not the internet: private, shared, loopback and link-local ranges. */
const NOT_INTERNET = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/** Closes a namespace both ways for every pod that no other policy speaks of. */
export function denyAll(tier: Tier, { stack }: ClusterContext): KubernetesObject {
  return {
    kind: "NetworkPolicy",
    apiVersion: "networking.k8s.io/v1",
    metadata: {
      name: "deny-all",
      namespace: namespaceName(stack, tier),
      labels: stackLabels(stack),
    },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/** Opens exactly the connections that a workload and its clients declare, and DNS. */
export function networkPolicy(workload: Workload, context: ClusterContext): KubernetesObject {
  const { stack, workloads } = context;
  const clients = workloads.filter(({ connects }) => connects.includes(workload.name));
  const peers = workloads.filter(({ name }) => workload.connects.includes(name));
  return {
    kind: "NetworkPolicy",
    apiVersion: "networking.k8s.io/v1",
    metadata: {
      name: workload.name,
      namespace: namespaceName(stack, tierOf(workload)),
      labels: objectLabels(stack, workload),
    },
    spec: {
      podSelector: { matchLabels: selectorLabels(stack, workload) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        ...(clients.length > 0
          ? [{ from: clients.map((client) => pods(client, context)), ports: ports(workload) }]
          : []),
        ...routeIngress(workload, context),
      ],
      egress: [
        ...peers.map((peer) => ({ to: [pods(peer, context)], ports: ports(peer) })),
        // To any address: node-local caches answer on a link-local one.
        { ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: DNS_PORT })) },
        ...(workload.internet
          ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: NOT_INTERNET } }] }]
          : []),
      ],
    },
  };
}

/** Both selectors in one entry: the pods of that name in that namespace, not either. */
function pods(
  workload: Workload,
  { stack }: ClusterContext,
): input.networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: {
      matchLabels: { "kubernetes.io/metadata.name": namespaceName(stack, tierOf(workload)) },
    },
    podSelector: { matchLabels: selectorLabels(stack, workload) },
  };
}

function ports(workload: Workload): input.networking.v1.NetworkPolicyPort[] {
  return workload.ports.map(({ container }) => ({ protocol: "TCP", port: container }));
}

/** The controller that carries requests in from outside lives in a namespace of its own. */
function routeIngress(
  workload: Workload,
  { settings }: ClusterContext,
): input.networking.v1.NetworkPolicyIngressRule[] {
  if (workload.host === undefined || settings.route === undefined) return [];
  const matchLabels = { "kubernetes.io/metadata.name": settings.route.controllerNamespace };
  return [{ from: [{ namespaceSelector: { matchLabels } }], ports: ports(workload) }];
}
