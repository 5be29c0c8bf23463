import type { OutsidePeer } from "./workload";

const DEFAULT_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };
/** Ranges that lead to no machine of the internet (RFC 1918, RFC 6598). */
const PRIVATE =
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Where a URL leads, as far as it tells. */
export interface UrlPlace {
  readonly secure: boolean;
  /** Within the cluster, by a Service's name. */
  readonly inCluster: boolean;
  /** Within the stack's own network: a name of one label. */
  readonly inStack: boolean;
  /** The very machine, or pod, that sends. */
  readonly loopback: boolean;
  readonly host: string;
  readonly port: number;
}

/** Reads the place from a URL; absent where it is none. */
export function urlPlace(url: string): UrlPlace | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const loopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return {
    secure: protocol === "https:",
    inCluster: /\.svc(?:\.[a-z0-9.-]+)?$/.test(hostname),
    inStack: !loopback && /^[a-z0-9-]+$/.test(hostname),
    loopback,
    host: hostname,
    port: port === "" ? (DEFAULT_PORTS[protocol] ?? 443) : Number(port),
  };
}

/**
 * What a place outside the stack opens: the internet, unless it is known to be elsewhere. Then that
 * port alone, on its addresses where they are said; the sender itself needs nothing.
 */
export function wayTo(
  place: UrlPlace | undefined,
  cidr?: string,
): OutsidePeer | "internet" | undefined {
  if (place === undefined || place.loopback) return undefined;
  const { host, port, inCluster } = place;
  const range = cidr ?? (PRIVATE.test(host) ? `${host}/32` : undefined);
  if (!inCluster && range === undefined) return "internet";
  return { host, port, ...(range !== undefined && { cidr: range }) };
}
