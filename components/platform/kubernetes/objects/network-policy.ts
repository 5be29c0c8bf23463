import type { input } from "@pulumi/kubernetes/types";
import type { OutsidePeer, Port, Workload } from "../../../../model/workload";
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
/**
 * Everything that is not the internet (IANA's special-purpose registry): this host, private, shared,
 * loopback, link-local, protocol, benchmark, multicast and reserved ranges. Clouds answer with
 * machine credentials in some of them.
 */
const NOT_INTERNET = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/**
 * Closes a namespace both ways for every pod that no other policy speaks of. A dot in its name,
 * because no workload's name has one: the service "deny-all" has a policy of its own.
 */
export function denyAll(tier: Tier, { stack }: ClusterContext): KubernetesObject {
  return {
    kind: "NetworkPolicy",
    apiVersion: "networking.k8s.io/v1",
    metadata: {
      name: "tier.deny-all",
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
  // A rule without ports would open all of them, so who has none is in no rule.
  const peers = workloads.filter(
    ({ name, ports }) => workload.connects.includes(name) && ports.length > 0,
  );
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
        ...(clients.length > 0 && workload.ports.length > 0
          ? [{ from: clients.map((client) => pods(client, context)), ports: ports(workload) }]
          : []),
        ...replicaRules(workload).map((open) => ({ from: [pods(workload, context)], ports: open })),
        ...routeIngress(workload, context),
        ...(workload.visitors ?? []).map(({ namespace, port }) => ({
          from: [wholeNamespace(namespace)],
          ports: [{ protocol: "TCP", port }],
        })),
      ],
      egress: [
        ...peers.map((peer) => ({ to: [pods(peer, context)], ports: ports(peer) })),
        ...replicaRules(workload).map((open) => ({ to: [pods(workload, context)], ports: open })),
        ...(workload.outside ?? []).map(outsideRule),
        ...clusterEgress(workload, context),
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

/** The ports that peers connect to. */
function ports(workload: Workload): input.networking.v1.NetworkPolicyPort[] {
  return workload.ports.filter(({ amongReplicas }) => amongReplicas !== true).map(policyPort);
}

/** The ports, if any, on which the replicas of one workload talk to one another. */
function replicaRules(workload: Workload): input.networking.v1.NetworkPolicyPort[][] {
  const among = workload.ports.filter(({ amongReplicas }) => amongReplicas === true);
  return among.length > 0 ? [among.map(policyPort)] : [];
}

function policyPort({ container, protocol = "tcp" }: Port): input.networking.v1.NetworkPolicyPort {
  return { protocol: protocol.toUpperCase(), port: container };
}

/** Exactly one port, on the peer's addresses where they are known. */
function outsideRule({ cidr, port }: OutsidePeer): input.networking.v1.NetworkPolicyEgressRule {
  return {
    ...(cidr !== undefined && { to: [{ ipBlock: { cidr } }] }),
    ports: [{ protocol: "TCP", port }],
  };
}

/** Where API servers answer, in clusters at hand and in clouds. */
const API_PORTS = [443, 6443];

/**
 * The way to the API server for who reads the cluster, and to the nodes' own ports. Most network
 * plugins look at a connection after the address of the Service `kubernetes` has become that of a
 * server behind it, which the settings may tell and nothing else does; nodes come and go, so their
 * addresses are never known.
 */
function clusterEgress(
  { clusterAccess }: Workload,
  { settings: { apiServer } }: ClusterContext,
): input.networking.v1.NetworkPolicyEgressRule[] {
  if (clusterAccess === undefined) return [];
  const { nodePorts = [] } = clusterAccess;
  const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
  return [
    apiServer === undefined
      ? { ports: tcp(API_PORTS) }
      : {
          to: apiServer.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
          ports: tcp([apiServer.port]),
        },
    ...(nodePorts.length > 0 ? [{ ports: tcp(nodePorts) }] : []),
  ];
}

/** The controller that carries requests in from outside lives in a namespace of its own. */
function routeIngress(
  workload: Workload,
  { settings }: ClusterContext,
): input.networking.v1.NetworkPolicyIngressRule[] {
  // The first port alone: the route leads to no other.
  const [port] = ports(workload);
  if (workload.host === undefined || settings.route === undefined || port === undefined) return [];
  return [{ from: [wholeNamespace(settings.route.controllerNamespace)], ports: [port] }];
}

function wholeNamespace(name: string): input.networking.v1.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}
