import type { FileMount, ProvisionedFiles } from "../model/files";
import type { Stack } from "../model/stack";
import type { Workload } from "../model/workload";
import { ALERTMANAGER } from "../model/workloads/alertmanager";
import { BLACKBOX_EXPORTER } from "../model/workloads/blackbox-exporter";
import { DOCKER_STATS_COLLECTOR } from "../model/workloads/docker-stats-collector";
import { GRAFANA } from "../model/workloads/grafana";
import { grafanaDatabase } from "../model/workloads/grafana-database";
import { POSTGRES } from "../model/workloads/postgres";
import { POSTGRES_BACKUP } from "../model/workloads/postgres-backup";
import { POSTGRES_EXPORTER } from "../model/workloads/postgres-exporter";
import { PROMETHEUS, shardIndex } from "../model/workloads/prometheus";
import { REDIS } from "../model/workloads/redis";
import { REDIS_EXPORTER } from "../model/workloads/redis-exporter";
import { alertmanagerMounts } from "./alertmanager/mounts";
import { blackboxExporterMounts } from "./blackbox-exporter/mounts";
import { dockerStatsCollectorMounts } from "./docker-stats-collector/mounts";
import { grafanaMounts } from "./grafana/mounts";
import { postgresBackupMounts } from "./postgres-backup/mounts";
import { postgresExporterMounts } from "./postgres-exporter/mounts";
import { postgresMounts } from "./postgres/mounts";
import { prometheusMounts } from "./prometheus/mounts";
import { redisExporterMounts } from "./redis-exporter/mounts";
import { redisMounts } from "./redis/mounts";
import { serviceMounts } from "./service/mounts";

/** Every file that the stack provisions, by workload; pure text, secrets by reference. */
export function provisionFiles(stack: Stack): ProvisionedFiles {
  return new Map(stack.workloads.map((workload) => [workload.name, mountsOf(workload, stack)]));
}

function mountsOf({ name, role }: Workload, stack: Stack): FileMount[] {
  const { postgres, redis, services } = stack.settings;
  const service = services[name];
  const withGrafana = grafanaDatabase(stack.settings) !== undefined;
  if (role === "service" && service) return serviceMounts(service, stack.settings);
  const shard = shardIndex(name);
  if (shard !== undefined) return prometheusMounts(stack, shard);
  switch (name) {
    case ALERTMANAGER:
      return alertmanagerMounts(stack.settings);
    case BLACKBOX_EXPORTER:
      return blackboxExporterMounts(stack);
    case DOCKER_STATS_COLLECTOR:
      return dockerStatsCollectorMounts(stack.settings);
    case GRAFANA:
      return grafanaMounts(stack);
    case POSTGRES:
      return postgres ? postgresMounts(postgres, { withGrafana }) : [];
    case POSTGRES_BACKUP:
      return postgresBackupMounts();
    case POSTGRES_EXPORTER:
      return postgresExporterMounts(stack.settings);
    case PROMETHEUS:
      return prometheusMounts(stack);
    case REDIS:
      return redis ? redisMounts(redis) : [];
    case REDIS_EXPORTER:
      return redis ? redisExporterMounts(redis) : [];
    default:
      return [];
  }
}
