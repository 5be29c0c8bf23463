import type { ProbeSettings } from "./settings/probes";
import type { Settings } from "./settings/schema";
import { shardOf } from "./shard-of";
import { urlPlace } from "./url-place";

/** A question to something outside the stack: does this URL answer as it should? */
export interface OutsideProbe extends Pick<ProbeSettings, "url" | "expect" | "every" | "timeout"> {
  /** What its series and alerts carry as `probe`. */
  readonly name: string;
  /** It answers over TLS, so that there is a certificate to watch. */
  readonly secure: boolean;
  /** Which shard of Prometheus asks. */
  readonly shard: number;
}

/** The job of all such probes; no service may have its name. */
export const OUTSIDE_PROBE_JOB = "outside-probe";

/** What the blackbox exporter asks outside the stack. */
export function outsideProbes({ probes, prometheus: { shards } }: Settings): OutsideProbe[] {
  return Object.entries(probes).map(([name, { url, expect, every, timeout }]) => ({
    ...{ name, url, expect, every, timeout },
    secure: urlPlace(url)?.secure === true,
    shard: shardOf(name, shards),
  }));
}
