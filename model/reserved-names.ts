import { OUTSIDE_PROBE_JOB } from "./outside-probes";
import { PROBE_JOB } from "./targets";
import { ALERTMANAGER } from "./workloads/alertmanager";
import { BLACKBOX_EXPORTER } from "./workloads/blackbox-exporter";
import { DOCKER_STATS_COLLECTOR } from "./workloads/docker-stats-collector";
import { GRAFANA } from "./workloads/grafana";
import { KUBE_STATE_METRICS } from "./workloads/kube-state-metrics";
import { KUBELET_JOBS } from "./workloads/kubelet";
import { PROMETHEUS, SHARD_NAMES } from "./workloads/prometheus";
import { POSTGRES_BACKUP } from "./workloads/postgres-backup";

/**
 * Names that no service may take, because a supported program, a network or a scrape job has them.
 * Every container takes `localhost` for itself.
 */
export const RESERVED_NAMES: readonly string[] = [
  ALERTMANAGER,
  BLACKBOX_EXPORTER,
  DOCKER_STATS_COLLECTOR,
  GRAFANA,
  KUBE_STATE_METRICS,
  ...Object.values(KUBELET_JOBS),
  OUTSIDE_PROBE_JOB,
  PROBE_JOB,
  PROMETHEUS,
  ...SHARD_NAMES,
  "localhost",
  "monitoring",
  "node-exporter",
  "postgres",
  POSTGRES_BACKUP,
  "postgres-exporter",
  "redis",
  "redis-exporter",
  "services",
];
