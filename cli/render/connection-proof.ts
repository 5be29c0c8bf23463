import { z } from "zod";
import type { KubernetesObject } from "../../components/platform/kubernetes/kubernetes-object";
import type { ClusterAccess } from "../../model/cluster-access";
import { PodIndex } from "../../model/pod-index";
import {
  type AddressEnd,
  allows,
  type Connection,
  contains,
  type NetworkPolicy,
  type PodEnd,
  readNetworkPolicy,
} from "../../model/reachability";
import type { Stack } from "../../model/stack";
import type { Workload } from "../../model/workload";
import { CONTROLLERS, controllerSpec } from "./controllers";
import { plainValue } from "./plain-value";

const PROTOCOLS = ["TCP", "UDP"] as const;
const DNS_PORT = 53;
const HTTPS_PORT = 443;
const API_PORT = 6443;
const KUBELET_PORT = 10_250;
/** Ports that a careless rule would most likely open towards addresses. */
const OUTWARD_PORTS = [HTTPS_PORT, API_PORT, KUBELET_PORT];
/** Where names are asked for: a cluster's DNS service, a cache on the node, a public resolver. */
const RESOLVERS = ["10.96.0.10", "169.254.20.10", "8.8.8.8"];
const INTERNET = ["1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.1", "192.167.255.255"];
/** An address of each range that no workload may reach but through a declared connection. */
const NEVER_INTERNET = [
  ...["0.0.0.1", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "169.254.169.254"],
  ...["172.16.0.1", "172.31.255.254", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1"],
  "255.255.255.255",
];

const labels = z.record(z.string(), z.string());
const portSchema = z.object({
  containerPort: z.number(),
  protocol: z.enum(["TCP", "UDP"]).default("TCP"),
});
const controllerSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: controllerSpec(
    z.object({
      template: z.object({
        metadata: z.object({ labels }),
        spec: z.object({
          containers: z.array(z.object({ ports: z.array(portSchema) })),
        }),
      }),
    }),
  ),
});
const namespaceSchema = z.object({ metadata: z.object({ name: z.string(), labels }) });

/** The pods of a workload, read from its objects alone. */
interface Pods extends PodEnd {
  readonly workload: Workload;
  readonly ports: readonly z.output<typeof portSchema>[];
}

/** The same, and the policies that have a say in their connections. */
interface Running extends Pods {
  readonly policies: readonly NetworkPolicy[];
}

/**
 * Where the network policies of a stack say something else than its declaration: each pair of
 * workloads on each port, DNS, the internet, private addresses, strangers. Empty when all holds.
 */
export function connectionFaults(stack: Stack, objects: readonly KubernetesObject[]): string[] {
  const plain = objects.map((object) => ({ kind: object.kind, value: plainValue(object) }));
  const policies = plain
    .filter(({ kind }) => kind === "NetworkPolicy")
    .map(({ value }) => readNetworkPolicy(value));
  const namespaces = new Map(
    plain
      .filter(({ kind }) => kind === "Namespace")
      .map(({ value }) => namespaceSchema.parse(value).metadata)
      .map(({ name, labels: own }) => [name, { ...own, ...nameLabel(name) }]),
  );
  const pods = plain
    .filter(({ kind }) => CONTROLLERS.includes(kind))
    .map(({ value }, index): Pods => {
      const { metadata, spec } = controllerSchema.parse(value);
      const workload = stack.workloads.find(({ name }) => name === metadata.name);
      if (workload === undefined) throw new TypeError(`${metadata.name} runs undeclared.`);
      return {
        namespace: metadata.namespace,
        namespaceLabels: namespaces.get(metadata.namespace) ?? {},
        labels: spec.template.metadata.labels,
        // In a private range, as pods' addresses are, so that no rule on addresses opens them.
        address: `10.244.${Math.floor(index / 250)}.${(index % 250) + 1}`,
        workload,
        ports: spec.template.spec.containers.flatMap(({ ports }) => ports),
      };
    });
  const policiesByPod = new PodIndex(pods).policiesByPod(policies);
  const running = pods.map((pod): Running => ({ ...pod, policies: policiesByPod.get(pod) ?? [] }));
  return [
    ...pairs(running).flatMap(([from, to]) => pairFaults(from, to)),
    ...running.flatMap((from) => outwardFaults(from, stack)),
    ...running.flatMap((to) => strangerFaults(to, stack)),
  ];
}

/**
 * The pairs with something to prove: those that the receiver's policies may let through, and those
 * that are declared. Any other pair is closed on every port, as it should be: the receiver admits
 * the sender on none. To try each of them all the same would be quadratic.
 */
function pairs(running: readonly Running[]): (readonly [Running, Running])[] {
  const index = new PodIndex(running);
  const byName = new Map(running.map((one) => [one.workload.name, one]));
  const receivers = new Map(running.map((from) => [from, new Set([from])]));
  for (const to of running) {
    for (const from of index.admitted(to.policies)) receivers.get(from)?.add(to);
  }
  return [...receivers].flatMap(([from, admitting]) => {
    const declared = from.workload.connects.flatMap((peer) => byName.get(peer) ?? []);
    return [...admitting, ...declared.filter((to) => !admitting.has(to))].map(
      (to) => [from, to] as const,
    );
  });
}

/** Between two workloads, or two replicas of one. */
function pairFaults(from: Running, to: Running): string[] {
  const policies = [...from.policies, ...to.policies];
  const path = `${from.workload.name} to ${to.workload.name}`;
  const numbers = [1, 65_535, ...to.ports.map(({ containerPort }) => containerPort)];
  // Neither a port that is not declared nor the same port by another protocol.
  return [...new Set(numbers)].flatMap((port) =>
    PROTOCOLS.filter((protocol) => protocol === "TCP" || port !== DNS_PORT).flatMap((protocol) =>
      fault(
        path,
        policies,
        { from, to, protocol, port },
        isDeclared(from.workload, to.workload, protocol, port),
      ),
    ),
  );
}

/** Whether one workload may connect to a port of another, as both declare it. */
function isDeclared(
  from: Workload,
  to: Workload,
  protocol: Connection["protocol"],
  number: number,
): boolean {
  const port = to.ports.find(
    (one) => one.container === number && (one.protocol ?? "tcp").toUpperCase() === protocol,
  );
  if (port?.amongReplicas === true) return from.name === to.name;
  return port !== undefined && from.connects.includes(to.name);
}

/** From a workload to addresses that are no pod's. */
function outwardFaults(from: Running, { settings }: Stack): string[] {
  const { name, internet, clusterAccess } = from.workload;
  const ways = [
    ...(from.workload.outside ?? []),
    ...(clusterAccess ? clusterWays(clusterAccess, settings.kubernetes) : []),
  ];
  const open = (address: string, number: number): boolean =>
    ways.some(
      ({ cidr, port }) => port === number && (cidr === undefined || contains(cidr, address)),
    );
  const ask = (address: string, protocol: "TCP" | "UDP", port: number, expected: boolean) =>
    fault(
      `${name} to ${address}`,
      from.policies,
      { from, to: { address }, protocol, port },
      expected,
    );
  return [
    ...RESOLVERS.flatMap((address) => [
      ...ask(address, "UDP", DNS_PORT, true),
      ...ask(address, "TCP", DNS_PORT, true),
    ]),
    ...OUTWARD_PORTS.flatMap((port) => [
      ...INTERNET.flatMap((address) => ask(address, "TCP", port, internet || open(address, port))),
      ...NEVER_INTERNET.flatMap((address) => ask(address, "TCP", port, open(address, port))),
    ]),
    ...ways.flatMap(({ cidr, port }) => ask(addressIn(cidr), "TCP", port, true)),
  ];
}

/** Where the API server and the nodes answer, for who reads the cluster. */
function clusterWays(
  { nodePorts = [] }: ClusterAccess,
  { apiServer }: Stack["settings"]["kubernetes"],
): { readonly port: number; readonly cidr?: string }[] {
  return [
    ...(apiServer?.cidrs.map((cidr) => ({ cidr, port: apiServer.port })) ?? [
      { port: HTTPS_PORT },
      { port: API_PORT },
    ]),
    ...nodePorts.map((port) => ({ port })),
  ];
}

/** From outside the stack: another namespace, the route's controller, a bare address. */
function strangerFaults(to: Running, { settings }: Stack): string[] {
  const { route } = settings.kubernetes;
  const { name, host, visitors = [] } = to.workload;
  const guest = (namespace: string): PodEnd => ({
    namespace,
    namespaceLabels: nameLabel(namespace),
    // The best disguise: the very labels of a pod that may.
    labels: to.labels,
    address: "10.245.0.1",
  });
  const strangers: readonly (readonly [string, PodEnd | AddressEnd])[] = [
    ["a pod of another namespace", guest("elsewhere")],
    ["an address outside", { address: "93.184.216.34" }],
    ["a node", { address: "192.168.1.1" }],
  ];
  const [front] = to.ports;
  const guests = new Set([
    ...visitors.map(({ namespace }) => namespace),
    ...(route ? [route.controllerNamespace] : []),
  ]);
  return to.ports.flatMap(({ containerPort: port, protocol }) => [
    ...strangers.flatMap(([who, from]) =>
      fault(`${who} to ${name}`, to.policies, { from, to, protocol, port }, false),
    ),
    ...[...guests].flatMap((namespace) =>
      fault(
        `a pod of ${namespace} to ${name}`,
        to.policies,
        { from: guest(namespace), to, protocol, port },
        visitors.some((visitor) => visitor.namespace === namespace && visitor.port === port) ||
          (namespace === route?.controllerNamespace &&
            host !== undefined &&
            port === front?.containerPort),
      ),
    ),
  ]);
}

/** An address of a range; of none, any one that is neither a pod's nor the internet's. */
const addressIn = (cidr = "10.9.8.7/32"): string => cidr.replace(/\/.*/, "");

function fault(
  path: string,
  policies: readonly NetworkPolicy[],
  connection: Parameters<typeof allows>[1],
  expected: boolean,
): string[] {
  if (allows(policies, connection) === expected) return [];
  const found = expected ? "closed, and it is declared" : "open, and nothing declares it";
  return [`${path} on ${connection.protocol} ${connection.port} is ${found}`];
}

const nameLabel = (name: string) => ({ "kubernetes.io/metadata.name": name });
