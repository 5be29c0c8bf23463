import { urlPlace, wayTo } from "./url-place";
import type { OutsidePeer } from "./workload";

/** A URL outside the stack, and the addresses behind its host where they are said. */
export interface OutsideUrl {
  readonly url: string;
  readonly cidr?: string | undefined;
}

/**
 * What URLs outside the stack open: the internet, unless they are known to be elsewhere. Then that
 * port alone is opened, on its addresses where they are said; the sender itself needs nothing.
 */
export function outsideWays(urls: readonly OutsideUrl[]): {
  readonly internet: boolean;
  readonly outside: readonly OutsidePeer[];
} {
  const ways = urls.map(({ url, cidr }) => wayTo(urlPlace(url), cidr));
  return {
    internet: ways.includes("internet"),
    outside: uniquePeers(ways.flatMap((way) => (typeof way === "object" ? way : []))),
  };
}

/** Each peer once. */
export function uniquePeers(peers: readonly OutsidePeer[]): OutsidePeer[] {
  return [...new Map(peers.map((peer) => [JSON.stringify(peer), peer])).values()];
}
