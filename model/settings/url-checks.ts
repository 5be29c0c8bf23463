import { urlPlace } from "../url-place";
import { type Problem, show } from "./problem";
import type { Settings } from "./schema";

const IN_CLUSTER =
  "http to a Service of the same cluster (http://NAME.NAMESPACE.svc) or to localhost";
const IN_STACK = "http to a bare name within the stack's network (http://NAME:PORT)";

/** Where a URL may lead without encryption, beside this very machine and the same cluster. */
export interface PlainPlaces {
  /** To a name of one label. @default false */
  readonly inStack?: boolean;
}

/** A URL leads somewhere, and is encrypted wherever it leaves what belongs to the stack. */
export function checkUrl(
  setting: string,
  url: string,
  platform: Settings["platform"],
  { inStack = false }: PlainPlaces = {},
): Problem[] {
  const place = urlPlace(url);
  if (place === undefined) return [{ setting, found: show(url), allowed: "a URL with a host" }];
  const near =
    place.loopback || (place.inCluster && platform === "kubernetes") || (place.inStack && inStack);
  if (place.secure || near) return [];
  return [
    {
      setting,
      found: `${show(url)}, which leaves without encryption`,
      allowed: ["https", ...(inStack ? [IN_STACK] : []), `or ${IN_CLUSTER}`].join(", "),
    },
  ];
}
