import { STACK_LABEL, WORKLOAD_LABEL } from "../../model/engine-labels";
import type { FileMount } from "../../model/files";
import type { Settings } from "../../model/settings/schema";
import {
  DOCKER_STATS_COLLECTOR_CONFIG,
  DOCKER_STATS_COLLECTOR_PORT,
  engineInterval,
} from "../../model/workloads/docker-stats-collector";
import { toYaml } from "../yaml";

/** The receiver's metrics that rules and panels use. */
const USED = [
  "container.cpu.throttling_data.periods",
  "container.cpu.throttling_data.throttled_periods",
  "container.cpu.usage.total",
  "container.memory.usage.total",
  "container.network.io.usage.rx_bytes",
  "container.network.io.usage.tx_bytes",
  "container.restarts",
];
/** What it would tell beside them without being asked. */
const UNUSED = [
  "container.blockio.io_service_bytes_recursive",
  "container.cpu.usage.kernelmode",
  "container.cpu.usage.usermode",
  "container.cpu.utilization",
  "container.memory.file",
  "container.memory.percent",
  "container.memory.total_cache",
  "container.memory.usage.limit",
  "container.network.io.usage.rx_dropped",
  "container.network.io.usage.tx_dropped",
];
/** Facts of a container that would be labels; its name stays, to tell replicas apart. */
const UNUSED_LABELS = [
  "container.hostname",
  "container.id",
  "container.image.name",
  "container.runtime",
];

/** How many rounds a container that is gone is still told of. */
const ROUNDS_KEPT = 3;

/** The collector's pipeline: the engine's figures in, Prometheus' format out. */
export function dockerStatsCollectorMounts(settings: Settings): FileMount[] {
  const interval = engineInterval(settings);
  const config = {
    receivers: {
      docker_stats: {
        endpoint: `unix://${settings.exporters.containers.socket}`,
        // Empty: client and engine agree on one. A fixed version is too new here or too old there.
        api_version: "",
        collection_interval: interval.toSecondsString(),
        container_labels_to_metric_labels: { [STACK_LABEL]: "stack", [WORKLOAD_LABEL]: "workload" },
        resource_attributes: switched(UNUSED_LABELS, false),
        metrics: { ...switched(USED, true), ...switched(UNUSED, false) },
      },
    },
    exporters: {
      prometheus: {
        endpoint: `0.0.0.0:${DOCKER_STATS_COLLECTOR_PORT}`,
        metric_expiration: `${ROUNDS_KEPT * interval.seconds}s`,
        without_scope_info: true,
        resource_to_telemetry_conversion: { enabled: true },
      },
    },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: { metrics: { receivers: ["docker_stats"], exporters: ["prometheus"] } },
    },
  };
  const { directory, file } = DOCKER_STATS_COLLECTOR_CONFIG;
  return [
    {
      name: "config",
      directory,
      sensitive: false,
      onChange: "replace",
      files: { [file]: toYaml(config) },
    },
  ];
}

const switched = (names: readonly string[], enabled: boolean) =>
  Object.fromEntries(names.map((name) => [name, { enabled }]));
