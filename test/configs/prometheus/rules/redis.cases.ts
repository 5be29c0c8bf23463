import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { api: service({ needs: ["redis"] }) }, redis: {} });
const evicting = stackFrom({ redis: { maxmemoryPolicy: "allkeys-lru" } });
const labels = { job: "redis-exporter", instance: "redis-exporter:9121" };
const series = (metric: string): string =>
  `${metric}{job="${labels.job}",instance="${labels.instance}"}`;

const memory = (used: number) => ({
  [series("redis_memory_used_bytes")]: `${used}x60`,
  [series("redis_memory_max_bytes")]: "1000x60",
});

/** Redis' alerts on both sides of their thresholds. */
export const redisCases: readonly AlertCase[] = [
  {
    alert: "RedisDown",
    stack,
    past: { [series("redis_up")]: "0x40" },
    before: { [series("redis_up")]: "1x40" },
    notYet: "45s",
    at: "2m",
    labels,
    says: "The exporter redis-exporter:9121 cannot log in to Redis.",
  },
  {
    alert: "RedisMemoryHigh",
    stack,
    past: memory(901),
    before: memory(900),
    notYet: "4m",
    at: "6m",
    labels,
    says: "Redis has filled 90.1% of its memory (limit 90%); at 100% it refuses writes.",
  },
  {
    alert: "RedisMemoryFull",
    stack,
    past: memory(990),
    before: memory(989),
    notYet: "45s",
    at: "2m",
    labels,
    says: "Redis has filled 99% of its memory (limit 99%) and refuses writes.",
  },
  {
    alert: "RedisEvicting",
    stack: evicting,
    past: { [series("redis_evicted_keys_total")]: "0+30x120" },
    before: { [series("redis_evicted_keys_total")]: "0+15x120" },
    notYet: "9m",
    at: "20m",
    labels,
    says: "Redis throws 2 keys a second away to make room (limit 1).",
  },
  {
    alert: "RedisConnectionsHigh",
    stack,
    past: {
      [series("redis_connected_clients")]: "81x60",
      [series("redis_config_maxclients")]: "100x60",
    },
    before: {
      [series("redis_connected_clients")]: "80x60",
      [series("redis_config_maxclients")]: "100x60",
    },
    notYet: "4m",
    at: "6m",
    labels,
    says: "Redis has used 81% of its connections (limit 80%).",
  },
  {
    alert: "RedisConnectionsRejected",
    stack,
    past: { [series("redis_rejected_connections_total")]: "0x20 4x20" },
    before: { [series("redis_rejected_connections_total")]: "4x40" },
    at: "6m",
    labels,
    says: "Redis had no connection left in the last 5 minutes and turned clients away.",
  },
  ...[
    "redis_aof_last_write_status",
    "redis_aof_last_bgrewrite_status",
    "redis_rdb_last_bgsave_status",
  ].map((metric): AlertCase => ({
    alert: "RedisPersistenceFailing",
    title: metric,
    stack,
    past: { [series(metric)]: "0x60" },
    before: { [series(metric)]: "1x60" },
    notYet: "4m",
    at: "6m",
    labels,
    says: "Redis could not write to its volume the last time it tried; a restart now would lose data.",
  })),
];
