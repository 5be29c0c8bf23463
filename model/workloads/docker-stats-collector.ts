import type { Settings } from "../settings/schema";
import { Duration } from "../units/duration";
import type { Workload } from "../workload";
import { workloadDefaults } from "./defaults";

/** The name under which Prometheus reaches the collector; its network has the same. */
export const DOCKER_STATS_COLLECTOR = "docker-stats-collector";
/** The port the collector exposes metrics on; the usual one of its exporter. */
export const DOCKER_STATS_COLLECTOR_PORT = 8889;
/** Where its configuration is provisioned. */
export const DOCKER_STATS_COLLECTOR_CONFIG = {
  directory: "/etc/otelcol-contrib",
  file: "config.yaml",
} as const;

/** The user of the collector's image. */
const UID = 10_001;
/** What Go's heap may fill of the limit; the rest is for stacks and the program itself. */
const HEAP_SHARE = 0.8;
/** The engine measures for one to two seconds each time it is asked. */
const LEAST_INTERVAL = Duration.seconds(10);

/** The collector's settings, with the group that they must have where it runs. */
type CollectorSettings = Settings["exporters"]["containers"] & { readonly socketGroup: number };

/** How a collector asks the Docker engine what containers use; undefined: none does. */
export function engineWatch(settings: Settings): CollectorSettings | undefined {
  const { platform, monitoring, exporters } = settings;
  const { enabled, socketGroup } = exporters.containers;
  if (platform !== "docker" || !monitoring.enabled || !enabled) return undefined;
  // Without it the settings are refused.
  return socketGroup === undefined ? undefined : { ...exporters.containers, socketGroup };
}

/** How often the engine is asked: with each scrape, and no oftener than it measures well. */
export function engineInterval({ prometheus: { scrapeInterval } }: Settings): Duration {
  return scrapeInterval.seconds > LEAST_INTERVAL.seconds ? scrapeInterval : LEAST_INTERVAL;
}

/**
 * The OpenTelemetry collector with its Docker receiver. It needs no privilege, only the group that may
 * open the socket; its image has no shell, so nothing in it can ask whether it is well, and a target
 * that is down tells. On a network of its own it is reached by Prometheus alone.
 */
export function dockerStatsCollectorWorkload(settings: CollectorSettings): Workload {
  const { image, limits, socket, socketGroup } = settings;
  const { directory, file } = DOCKER_STATS_COLLECTOR_CONFIG;
  return {
    ...workloadDefaults,
    image,
    limits,
    name: DOCKER_STATS_COLLECTOR,
    role: "exporter",
    user: { uid: UID, gid: socketGroup },
    network: DOCKER_STATS_COLLECTOR,
    command: [`--config=${directory}/${file}`],
    env: { GOMEMLIMIT: `${limits.memory.times(HEAP_SHARE).mebibytes}MiB` },
    ports: [{ container: DOCKER_STATS_COLLECTOR_PORT }],
    engineSocket: socket,
  };
}
