import type { Settings } from "../settings/schema";
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

/** Prometheus, which reloads a changed configuration by itself. */
export function prometheusWorkload(
  settings: Settings["prometheus"],
  connects: readonly string[],
): Workload {
  return {
    ...programBasics(settings),
    name: PROMETHEUS,
    role: "monitor",
    connects,
    command: [
      `--config.file=${PROMETHEUS_CONFIG_DIRECTORY}/prometheus.yml`,
      "--storage.tsdb.path=/prometheus",
      `--storage.tsdb.retention.time=${settings.retention.toString()}`,
      `--storage.tsdb.retention.size=${settings.storage.times(RETENTION_SHARE).mebibytes}MB`,
      ...reloadFlags(settings.image),
      // A dashboard with a careless query must not take the memory limit with it.
      "--query.max-samples=5000000",
      "--query.max-concurrency=8",
    ],
    ports: [{ container: PROMETHEUS_PORT, ...(settings.publish && { publish: settings.publish }) }],
    health: { kind: "http", port: PROMETHEUS_PORT, path: "/-/ready" },
    volumes: [{ name: "data", path: "/prometheus", storage: settings.storage }],
  };
}

/** An image without a version in its tag is taken for a recent one. */
function reloadFlags(image: string): string[] {
  const [, major, minor] = /:v?(\d+)\.(\d+)/.exec(image) ?? [];
  const [sinceMajor, sinceMinor] = RELOAD_FLAG_SINCE;
  const older =
    major !== undefined &&
    (Number(major) < sinceMajor || (Number(major) === sinceMajor && Number(minor) < sinceMinor));
  return [
    older ? "--enable-feature=auto-reload-config" : "--config.auto-reload",
    "--config.auto-reload-interval=5s",
  ];
}
