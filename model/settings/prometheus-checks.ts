import { urlPlace } from "../url-place";
import type { RawSettings } from "./raw-settings";
import { type Problem, show } from "./problem";
import { checkStoreLogin } from "./remote-write-checks";
import type { Settings } from "./schema";
import { checkUrl } from "./url-checks";
import { written } from "./written";

/** What answers for all series is there where it is needed, and is reached safely. */
export function checkPrometheus(settings: Settings, raw: RawSettings): Problem[] {
  const { platform, prometheus } = settings;
  const { query } = prometheus;
  const at = "whalewatch:prometheus.query";
  return [
    ...(query
      ? [
          ...checkUrl(`${at}.url`, query.url, platform),
          ...checkOwnPod(`${at}.url`, query.url),
          ...checkStoreLogin(at, query),
        ]
      : []),
    ...checkShards(settings, raw),
  ];
}

function checkOwnPod(setting: string, url: string): Problem[] {
  if (urlPlace(url)?.loopback !== true) return [];
  const allowed = "an address that Grafana reaches from its own container";
  return [{ setting, found: `${show(url)}, which is Grafana itself`, allowed }];
}

/** A shard alerts on what it scrapes, and nobody in the stack can show what several of them have. */
function checkShards(
  { platform, monitoring, prometheus, grafana }: Settings,
  raw: RawSettings,
): Problem[] {
  const { shards, query, remoteWrite } = prometheus;
  // On Docker they are refused anyway.
  if (platform === "docker" || shards === 1) return [];
  if (!monitoring.enabled || !grafana.enabled) return [];
  const problems: Problem[] = [];
  if (query === undefined && written(raw, "prometheus", "query") === undefined) {
    problems.push({
      setting: "whalewatch:prometheus.query",
      found: `nothing beside ${shards} shards, none of which has all series that Grafana draws`,
      allowed: "the url of a store that gets them by prometheus.remoteWrite, or shards: 1",
    });
  }
  if (remoteWrite.length === 0) {
    problems.push({
      setting: "whalewatch:prometheus.remoteWrite",
      found: `nothing beside ${shards} shards, so that no store has all series`,
      allowed: "the store that prometheus.query asks, or shards: 1",
    });
  }
  return problems;
}
