import type { RemoteWriteSettings } from "./settings/remote-write";
import { urlPlace, wayTo } from "./url-place";
import type { OutsidePeer } from "./workload";

/**
 * What stores for remote write open: the internet, unless they are known to be elsewhere. Then that
 * port alone is opened, on its addresses where they are said; the sender itself needs nothing.
 */
export function remoteWays(stores: readonly Pick<RemoteWriteSettings, "url" | "cidr">[]): {
  readonly internet: boolean;
  readonly outside: readonly OutsidePeer[];
} {
  const ways = stores.map(({ url, cidr }) => wayTo(urlPlace(url), cidr));
  return {
    internet: ways.includes("internet"),
    outside: ways.flatMap((way) => (typeof way === "object" ? way : [])),
  };
}
