import { z } from "zod";

const labelMap = z.record(z.string(), z.string());
/** A label selector, as Kubernetes writes it. */
export const selectorSchema = z.strictObject({
  matchLabels: labelMap.default({}),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
const CIDR = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/;
const cidr = z.string().regex(CIDR, "an IPv4 range such as 10.0.0.0/8");
const peer = z
  .strictObject({
    podSelector: selectorSchema.optional(),
    namespaceSelector: selectorSchema.optional(),
    ipBlock: z.strictObject({ cidr, except: z.array(cidr).default([]) }).optional(),
  })
  .refine(
    ({ ipBlock, podSelector, namespaceSelector }) =>
      (ipBlock === undefined) !== (podSelector === undefined && namespaceSelector === undefined),
    "either selectors or an ipBlock, as the API server asks",
  );
const port = z.strictObject({
  protocol: z.enum(["TCP", "UDP", "SCTP"]).default("TCP"),
  port: z.number().optional(),
  endPort: z.number().optional(),
});
const ports = z.array(port).default([]);
const peers = z.array(peer).default([]);

/**
 * A NetworkPolicy as far as it decides who may connect. What is not known here is refused, since
 * passing it over would make the verdict wrong.
 */
const networkPolicySchema = z.object({
  kind: z.literal("NetworkPolicy"),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.strictObject({
    podSelector: selectorSchema,
    policyTypes: z.array(z.enum(["Ingress", "Egress"])).optional(),
    ingress: z.array(z.strictObject({ from: peers, ports })).default([]),
    egress: z.array(z.strictObject({ to: peers, ports })).default([]),
  }),
});

/** A NetworkPolicy, read. */
export type NetworkPolicy = z.output<typeof networkPolicySchema>;
/** The same, read. */
export type Selector = z.output<typeof selectorSchema>;
/** One of those that a rule is about. */
export type PolicyPeer = z.output<typeof peer>;
type PolicyPort = z.output<typeof port>;
type Labels = Readonly<Record<string, string>>;

/** A pod, as policies see it. */
export interface PodEnd {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** IPv4. */
  readonly address: string;
}

/** An address that is no pod's: a node, another machine, the internet. */
export interface AddressEnd {
  /** IPv4. */
  readonly address: string;
}

/** A connection somebody might open. */
export interface Connection {
  readonly from: PodEnd | AddressEnd;
  readonly to: PodEnd | AddressEnd;
  readonly protocol: "TCP" | "UDP";
  /** The port that is connected to. */
  readonly port: number;
}

/**
 * Reads a NetworkPolicy object.
 * @throws ZodError for what the API server would refuse or this evaluator does not know.
 */
export function readNetworkPolicy(object: unknown): NetworkPolicy {
  return networkPolicySchema.parse(object);
}

/**
 * Whether policies let a connection through: the sender's egress and the receiver's ingress both
 * have to allow it, and each does where no policy of that direction selects the pod. The connection
 * is one between two pods: no policy keeps a pod from itself.
 */
export function allows(
  policies: readonly NetworkPolicy[],
  { from, to, protocol, port: number }: Connection,
): boolean {
  const open = (rulePorts: readonly PolicyPort[]): boolean =>
    rulePorts.length === 0 || rulePorts.some((entry) => covers(entry, protocol, number));
  const leaves = permitted(policies, from, "Egress", ({ metadata, spec }) =>
    spec.egress.some((rule) => open(rule.ports) && anyPeer(rule.to, to, metadata.namespace)),
  );
  const enters = permitted(policies, to, "Ingress", ({ metadata, spec }) =>
    spec.ingress.some((rule) => open(rule.ports) && anyPeer(rule.from, from, metadata.namespace)),
  );
  return leaves && enters;
}

/** The policies that have a say in a pod's connections: of the others none changes a verdict. */
function policiesOf(policies: readonly NetworkPolicy[], pod: PodEnd): NetworkPolicy[] {
  return policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace && selects(spec.podSelector, pod.labels),
  );
}

function permitted(
  policies: readonly NetworkPolicy[],
  end: PodEnd | AddressEnd,
  direction: "Ingress" | "Egress",
  rule: (policy: NetworkPolicy) => boolean,
): boolean {
  if (!isPod(end)) return true;
  const selecting = policiesOf(policies, end).filter((policy) =>
    directions(policy).includes(direction),
  );
  return selecting.length === 0 || selecting.some(rule);
}

/** As the API server fills it in: ingress always, egress where there are rules for it. */
export function directions({ spec }: NetworkPolicy): readonly ("Ingress" | "Egress")[] {
  return spec.policyTypes ?? ["Ingress", ...(spec.egress.length > 0 ? ["Egress" as const] : [])];
}

/** No peer at all means every peer. */
function anyPeer(
  candidates: readonly PolicyPeer[],
  end: PodEnd | AddressEnd,
  ownNamespace: string,
): boolean {
  return candidates.length === 0 || candidates.some((entry) => isPeer(entry, end, ownNamespace));
}

/** Whether an entry of a rule, in a policy of `ownNamespace`, means this end. */
export function isPeer(
  { podSelector, namespaceSelector, ipBlock }: PolicyPeer,
  end: PodEnd | AddressEnd,
  ownNamespace: string,
): boolean {
  if (ipBlock !== undefined) {
    const { cidr: range, except } = ipBlock;
    return contains(range, end.address) && !except.some((hole) => contains(hole, end.address));
  }
  // Pods first: far fewer have the labels than are in the namespace.
  if (!isPod(end) || (podSelector && !selects(podSelector, end.labels))) return false;
  return namespaceSelector === undefined
    ? end.namespace === ownNamespace
    : selects(namespaceSelector, end.namespaceLabels);
}

/** Whether labels fit; an empty selector selects everything. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => valueOf(labels, key) === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = valueOf(labels, key);
      switch (operator) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
      }
    })
  );
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function covers(entry: PolicyPort, protocol: string, number: number): boolean {
  if (entry.protocol !== protocol) return false;
  if (entry.port === undefined) return true;
  return number >= entry.port && number <= (entry.endPort ?? entry.port);
}

const isPod = (end: PodEnd | AddressEnd): end is PodEnd => "namespace" in end;

const BITS = 32;

/** Whether a range such as `10.0.0.0/8` holds an address. */
export function contains(range: string, address: string): boolean {
  const [base = "", length = ""] = range.split("/");
  const size = 2 ** (BITS - Number(length));
  return Math.floor(asNumber(base) / size) === Math.floor(asNumber(address) / size);
}

function asNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
