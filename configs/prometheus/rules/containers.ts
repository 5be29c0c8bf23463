import { wholeStack } from "../../../model/shard-view";
import { findWorkload, type Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { KUBE_STATE_METRICS } from "../../../model/workloads/kube-state-metrics";
import { engineWatch } from "../../../model/workloads/docker-stats-collector";
import { asksKubelets, watchesKubelets } from "../../../model/workloads/kubelet";
import { REDIS } from "../../../model/workloads/redis";
import { REDIS_EXPORTER } from "../../../model/workloads/redis-exporter";
import { alertRule } from "../alert-rule";
import type { RecordingRule, RuleGroup } from "../rule-group";

/**
 * What each workload may use and what it does use, under the same names and with the label
 * `workload` on both platforms. The limits are those of the declaration; the use is what the best
 * source at hand says, of a workload's worst replica.
 */
export function containerRules(stack: Stack): RuleGroup[] {
  // In one place with what is measured, or nothing could be compared.
  const measured = measuredHere(stack);
  const records = [
    ...measured.flatMap(declared),
    ...usage(stack),
    {
      record: "workload:memory_usage:ratio",
      expr: "max by (workload) (workload:memory_usage:bytes) / max by (workload) (workload:memory_limit:bytes)",
    },
  ];
  if (measured.length === 0) return [];
  return [
    {
      name: "containers",
      rules: [
        ...records,
        ...alertRule(stack, "ContainerMemoryNearLimit", ({ threshold, limit }) => ({
          expr: `workload:memory_usage:ratio > ${threshold}`,
          description: `{{ $labels.workload }} uses {{ $value | humanizePercentage }} of its memory (limit ${limit}); at 100% it is killed.`,
        })),
        ...(measuresContainers(stack) ? throttlingAlert(stack) : []),
      ],
    },
  ];
}

const BYTES_PER_MEBIBYTE = 1024 * 1024;

function measuredHere(stack: Stack): readonly Workload[] {
  if (!watchesKubelets(stack.settings)) return stack.workloads;
  return asksKubelets(stack) ? wholeStack(stack).workloads : [];
}

function declared({ name, limits, replicas }: Workload): RecordingRule[] {
  const labels = { workload: name };
  return [
    {
      record: "workload:memory_limit:bytes",
      expr: `vector(${limits.memory.mebibytes * BYTES_PER_MEBIBYTE})`,
      labels,
    },
    { record: "workload:cpu_limit:cores", expr: `vector(${limits.cpu.cores})`, labels },
    { record: "workload:replicas:declared", expr: `vector(${replicas})`, labels },
  ];
}

/** Whether somebody looks at containers from outside, and not at processes alone. */
const measuresContainers = (stack: Stack): boolean =>
  asksKubelets(stack) || engineWatch(stack.settings) !== undefined;

function usage(stack: Stack): RecordingRule[] {
  if (engineWatch(stack.settings)) return fromEngine;
  const restarts = findWorkload(wholeStack(stack), KUBE_STATE_METRICS)
    ? "max by (workload) (increase(kube_pod_container_status_restarts_total[15m]))"
    : ofProcesses("changes(process_start_time_seconds[15m])");
  return [
    ...(asksKubelets(stack) ? fromKubelets : fromProcesses(stack)),
    { record: "workload:restarts:increase15m", expr: restarts },
  ];
}

/** Containers as the kubelets measure them: exact, the cache that can be given back not counted. */
const fromKubelets: readonly RecordingRule[] = [
  {
    record: "workload:memory_usage:bytes",
    expr: "max by (workload) (container_memory_working_set_bytes)",
  },
  {
    record: "workload:cpu_usage:cores_rate5m",
    expr: "max by (workload) (rate(container_cpu_usage_seconds_total[5m]))",
  },
  throttling("pod", "container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"),
];

/** Containers as the Docker engine measures them; what it calls usage leaves out the same cache. */
const fromEngine: RecordingRule[] = [
  {
    record: "workload:memory_usage:bytes",
    expr: "max by (workload) (container_memory_usage_total_bytes)",
  },
  {
    record: "workload:cpu_usage:cores_rate5m",
    expr: "max by (workload) (rate(container_cpu_usage_nanoseconds_total[5m])) / 1e9",
  },
  throttling(
    "container_name",
    "container_cpu_throttling_data_throttled_periods_total",
    "container_cpu_throttling_data_periods_total",
  ),
  ...(["received", "sent"] as const).map((way) => ({
    record: `workload:network_${way}:bytes_rate5m`,
    expr: `max by (workload) (sum by (workload, container_name) (rate(container_network_io_usage_${way === "sent" ? "tx" : "rx"}_bytes_total[5m])))`,
  })),
  {
    record: "workload:restarts:increase15m",
    expr: "max by (workload) (increase(container_restarts_total[15m]))",
  },
];

/** @param replica the label that tells replicas of a workload apart. */
function throttling(replica: string, throttled: string, periods: string): RecordingRule {
  const perReplica = `sum by (workload, ${replica})`;
  return {
    record: "workload:cpu_throttled:ratio_rate5m",
    expr: `max by (workload) (${perReplica} (rate(${throttled}[5m])) / ${perReplica} (rate(${periods}[5m]) > 0))`,
  };
}

/** Without a look at containers, what each program tells of its own process; a job is a workload. */
function fromProcesses(stack: Stack): RecordingRule[] {
  const labels = { workload: REDIS };
  const redis = findWorkload(stack, REDIS) && findWorkload(stack, REDIS_EXPORTER);
  return [
    {
      record: "workload:memory_usage:bytes",
      expr: ofProcesses("process_resident_memory_bytes"),
    },
    {
      record: "workload:cpu_usage:cores_rate5m",
      expr: ofProcesses("rate(process_cpu_seconds_total[5m])"),
    },
    ...(redis
      ? [
          {
            record: "workload:memory_usage:bytes",
            expr: "max(redis_memory_used_rss_bytes)",
            labels,
          },
          {
            record: "workload:cpu_usage:cores_rate5m",
            expr: "max(rate(redis_cpu_sys_seconds_total[5m])) + max(rate(redis_cpu_user_seconds_total[5m]))",
            labels,
          },
        ]
      : []),
  ];
}

const ofProcesses = (expr: string): string =>
  `max by (workload) (label_replace(${expr}, "workload", "$1", "job", "(.+)"))`;

function throttlingAlert(stack: Stack) {
  return alertRule(stack, "ContainerCpuThrottled", ({ threshold, limit }) => ({
    expr: `workload:cpu_throttled:ratio_rate5m > ${threshold}`,
    description: `{{ $labels.workload }} had to wait for CPU in {{ $value | humanizePercentage }} of all periods (limit ${limit}).`,
  }));
}
