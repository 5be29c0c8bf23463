import { MOST_SHARDS } from "../settings/monitors";
import { outsideWays } from "../outside-ways";
import type { Settings } from "../settings/schema";
import type { Size } from "../units/size";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach Prometheus. */
export const PROMETHEUS = "prometheus";
/** The port Prometheus listens on. */
export const PROMETHEUS_PORT = 9090;
/** Where its configuration and rules are provisioned. */
export const PROMETHEUS_CONFIG_DIRECTORY = "/etc/prometheus";
/** Share of the volume that samples may fill; the rest is for the write-ahead log and compaction. */
const RETENTION_SHARE = 0.8;
/** The release in which automatic reload became an ordinary flag (Prometheus CHANGELOG, 3.12). */
const RELOAD_FLAG_SINCE = [3, 12] as const;

const SHARD_NAME = /^prometheus-shard-(\d+)$/;
/** The name of a shard, counted from 0. */
const shardName = (shard: number): string => `prometheus-shard-${shard}`;

/** The names that no service may take, whether there are shards or not. */
export const SHARD_NAMES: readonly string[] = Array.from({ length: MOST_SHARDS }, (_, shard) =>
  shardName(shard),
);

/** Which shard a workload is, counted from 0; undefined for the one Prometheus and all else. */
export function shardIndex(workload: string): number | undefined {
  const [, index] = SHARD_NAME.exec(workload) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** Every Prometheus of a stack by name: one, or its shards. */
export function prometheusNames({ shards }: Settings["prometheus"]): readonly string[] {
  return shards === 1 ? [PROMETHEUS] : SHARD_NAMES.slice(0, shards);
}

/** The variable by which each replica knows its own name, for the label of the same meaning. */
export const PROMETHEUS_REPLICA_VARIABLE = "REPLICA";
/** The release from which on variables in external labels are expanded without being asked to. */
const EXPANSION_SINCE = [3, 0] as const;

/**
 * How many series fit in a memory limit: half of it for the program and queries, the other half at
 * 3 kB a series (robustperception.io), doubled for what the garbage collector has not freed yet.
 */
export function seriesCapacity(memory: Size): number {
  return Math.floor((memory.mebibytes * 2 ** 20) / 2 / (2 * 3000));
}

/**
 * Prometheus, which reloads a changed configuration by itself. Replicas do the same work twice, each
 * on a volume of its own, and watch one another; a shard does its share of it.
 */
export function prometheusWorkload(
  settings: Settings["prometheus"],
  name: string,
  connects: readonly string[],
): Workload {
  const { internet, outside } = outsideWays(settings.remoteWrite);
  return {
    ...programBasics(settings),
    name,
    role: "monitor",
    replicas: settings.replicas,
    internet,
    ...(outside.length > 0 && { outside }),
    connects,
    command: [
      `--config.file=${PROMETHEUS_CONFIG_DIRECTORY}/prometheus.yml`,
      "--storage.tsdb.path=/prometheus",
      `--storage.tsdb.retention.time=${settings.retention.toString()}`,
      `--storage.tsdb.retention.size=${settings.storage.times(RETENTION_SHARE).mebibytes}MB`,
      ...reloadFlags(settings.image),
      ...(settings.replicas > 1 && isOlder(settings.image, EXPANSION_SINCE)
        ? ["--enable-feature=expand-external-labels"]
        : []),
      ...(settings.remoteWrite.some(({ sendExemplars }) => sendExemplars)
        ? ["--enable-feature=exemplar-storage"]
        : []),
      // A dashboard with a careless query must not take the memory limit with it.
      "--query.max-samples=5000000",
      "--query.max-concurrency=8",
    ],
    ...(settings.replicas > 1 && { replicaVariable: PROMETHEUS_REPLICA_VARIABLE }),
    ports: [{ container: PROMETHEUS_PORT, ...(settings.publish && { publish: settings.publish }) }],
    health: { kind: "http", port: PROMETHEUS_PORT, path: "/-/ready" },
    volumes: [{ name: "data", path: "/prometheus", storage: settings.storage }],
  };
}

function reloadFlags(image: string): string[] {
  return [
    isOlder(image, RELOAD_FLAG_SINCE)
      ? "--enable-feature=auto-reload-config"
      : "--config.auto-reload",
    "--config.auto-reload-interval=5s",
  ];
}

/** An image without a version in its tag is taken for a recent one. */
function isOlder(image: string, [sinceMajor, sinceMinor]: readonly [number, number]): boolean {
  const [, major, minor] = /:v?(\d+)\.(\d+)/.exec(image) ?? [];
  return (
    major !== undefined &&
    (Number(major) < sinceMajor || (Number(major) === sinceMajor && Number(minor) < sinceMinor))
  );
}
