import type { AlertDefinitions } from "./alert";
import { count, percent } from "./threshold";

/** Redis, as its exporter sees it. */
export const redisAlerts = {
  RedisDown: {
    severity: "critical",
    for: "1m",
    summary: "Redis does not answer.",
    dashboard: "redis",
  },
  RedisMemoryHigh: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "99%",
      source: "redis-mixin of redis_exporter",
    }),
    summary: "Redis is close to the memory that it may fill.",
    dashboard: "redis",
  },
  RedisMemoryFull: {
    severity: "critical",
    for: "1m",
    threshold: percent({
      default: "99%",
      lowest: "50%",
      highest: "100%",
      source: "full but for one large write",
    }),
    summary: "Redis refuses writes because its memory is full.",
    dashboard: "redis",
  },
  RedisEvicting: {
    severity: "warning",
    for: "10m",
    threshold: count({
      default: "1",
      lowest: "0",
      highest: "100000",
      source: "keys a second; one a second for ten minutes is no accident",
    }),
    summary: "Redis throws keys away to make room.",
    dashboard: "redis",
  },
  RedisConnectionsHigh: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "80%",
      lowest: "10%",
      highest: "100%",
      source: "the same share as for Postgres",
    }),
    summary: "Redis is running out of connections.",
    dashboard: "redis",
  },
  RedisConnectionsRejected: {
    severity: "critical",
    summary: "Redis turned clients away.",
    dashboard: "redis",
  },
  RedisPersistenceFailing: {
    severity: "critical",
    for: "5m",
    summary: "Redis cannot write its data to disk.",
    dashboard: "redis",
  },
} as const satisfies AlertDefinitions;
