import { findWorkload, type Stack } from "../../../model/stack";
import { REDIS_EXPORTER } from "../../../model/workloads/redis-exporter";
import { alertRule } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Redis: is it there, has it room, does it keep what it is given? */
export function redisRules(stack: Stack): RuleGroup[] {
  if (!findWorkload(stack, REDIS_EXPORTER)) return [];
  // Where keys may be evicted, full is how it should be, and evictions are what to look at.
  const evicts = stack.settings.redis?.maxmemoryPolicy !== "noeviction";
  return [
    {
      name: "redis",
      rules: [
        {
          record: "redis:memory_used:ratio",
          expr: "max by (job, instance) (redis_memory_used_bytes) / max by (job, instance) (redis_memory_max_bytes > 0)",
        },
        ...alertRule(stack, "RedisDown", () => ({
          expr: "redis_up == 0",
          description: "The exporter {{ $labels.instance }} cannot log in to Redis.",
        })),
        ...(evicts ? evictionRules(stack) : memoryRules(stack)),
        ...alertRule(stack, "RedisConnectionsHigh", ({ threshold, limit }) => ({
          expr: `max by (job, instance) (redis_connected_clients) / max by (job, instance) (redis_config_maxclients) > ${threshold}`,
          description: `Redis has used {{ $value | humanizePercentage }} of its connections (limit ${limit}).`,
        })),
        ...alertRule(stack, "RedisConnectionsRejected", () => ({
          expr: "increase(redis_rejected_connections_total[5m]) > 0",
          description:
            "Redis had no connection left in the last 5 minutes and turned clients away.",
        })),
        ...alertRule(stack, "RedisPersistenceFailing", () => ({
          expr: "redis_aof_last_write_status == 0 or redis_aof_last_bgrewrite_status == 0 or redis_rdb_last_bgsave_status == 0",
          description:
            "Redis could not write to its volume the last time it tried; a restart now would lose data.",
        })),
      ],
    },
  ];
}

function memoryRules(stack: Stack) {
  return [
    ...alertRule(stack, "RedisMemoryHigh", ({ threshold, limit }) => ({
      expr: `redis:memory_used:ratio > ${threshold}`,
      description: `Redis has filled {{ $value | humanizePercentage }} of its memory (limit ${limit}); at 100% it refuses writes.`,
    })),
    ...alertRule(stack, "RedisMemoryFull", ({ threshold, limit }) => ({
      expr: `redis:memory_used:ratio >= ${threshold}`,
      description: `Redis has filled {{ $value | humanizePercentage }} of its memory (limit ${limit}) and refuses writes.`,
    })),
  ];
}

function evictionRules(stack: Stack) {
  return alertRule(stack, "RedisEvicting", ({ threshold, limit }) => ({
    expr: `rate(redis_evicted_keys_total[5m]) > ${threshold}`,
    description: `Redis throws {{ $value | humanize }} keys a second away to make room (limit ${limit}).`,
  }));
}
