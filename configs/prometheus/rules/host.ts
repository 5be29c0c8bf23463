import { findWorkload, type Stack } from "../../../model/stack";
import { NODE_EXPORTER } from "../../../model/workloads/node-exporter";
import { alertRule } from "../alert-rule";
import type { RecordingRule, RuleGroup } from "../rule-group";

/**
 * File systems on disks: what lives in memory, images that are full by nature and layers of
 * containers are left out. A disk that is mounted in several places counts once, by its device.
 */
const DISKS = '{fstype!~"tmpfs|ramfs|overlay|squashfs|erofs|iso9660|fuse.*"}';
const BY_DISK = "by (job, instance, device)";

/** The machines that everything runs on. Network and connection tracking: see docs/alert-coverage.md. */
export function hostRules(stack: Stack): RuleGroup[] {
  if (!findWorkload(stack, NODE_EXPORTER)) return [];
  return [
    {
      name: "host",
      rules: [
        ...recordings,
        ...processorAndMemoryRules(stack),
        ...diskRules(stack),
        ...kernelRules(stack),
      ],
    },
  ];
}

const recordings: readonly RecordingRule[] = [
  {
    record: "instance:cpu_cores:count",
    expr: 'count by (job, instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
  },
  {
    record: "instance:cpu_busy:ratio_rate5m",
    expr: '1 - sum by (job, instance) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])) / sum by (job, instance) (rate(node_cpu_seconds_total[5m]))',
  },
  {
    record: "instance:memory_used:ratio",
    expr: "1 - max by (job, instance) (node_memory_MemAvailable_bytes) / max by (job, instance) (node_memory_MemTotal_bytes)",
  },
  {
    // As df counts it: what is kept for root is neither used nor there to be used.
    record: "instance:disk_used:ratio",
    expr: `(max ${BY_DISK} (node_filesystem_size_bytes${DISKS}) - max ${BY_DISK} (node_filesystem_free_bytes${DISKS})) / (max ${BY_DISK} (node_filesystem_size_bytes${DISKS}) - max ${BY_DISK} (node_filesystem_free_bytes${DISKS}) + max ${BY_DISK} (node_filesystem_avail_bytes${DISKS}) > 0)`,
  },
  {
    // Some file systems have no fixed number of files and say 0.
    record: "instance:inodes_used:ratio",
    expr: `1 - max ${BY_DISK} (node_filesystem_files_free${DISKS}) / max ${BY_DISK} (node_filesystem_files${DISKS} > 0)`,
  },
];

function processorAndMemoryRules(stack: Stack) {
  return [
    ...alertRule(stack, "HostCpuHigh", ({ threshold, limit }) => ({
      expr: `instance:cpu_busy:ratio_rate5m > ${threshold}`,
      description: `The processors of {{ $labels.instance }} are {{ $value | humanizePercentage }} busy (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostMemoryHigh", ({ threshold, limit }) => ({
      expr: `instance:memory_used:ratio > ${threshold}`,
      description: `{{ $value | humanizePercentage }} of the memory of {{ $labels.instance }} is taken (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostOomKills", () => ({
      expr: "increase(node_vmstat_oom_kill[10m]) > 0",
      description:
        "The kernel of {{ $labels.instance }} killed processes in the last 10 minutes, because they or the host had no memory left.",
    })),
    ...alertRule(stack, "HostSwapping", ({ threshold, limit }) => ({
      expr: `rate(node_vmstat_pswpin[5m]) > ${threshold} and rate(node_vmstat_pswpout[5m]) > ${threshold}`,
      description: `{{ $labels.instance }} reads {{ $value | humanize }} pages a second back from swap and writes others there (limit ${limit}).`,
    })),
  ];
}

function diskRules(stack: Stack) {
  return [
    ...alertRule(stack, "HostDiskFull", ({ threshold, limit }) => ({
      expr: `instance:disk_used:ratio > ${threshold}`,
      description: `{{ $labels.device }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostDiskAlmostFull", ({ threshold, limit }) => ({
      expr: `instance:disk_used:ratio >= ${threshold}`,
      description: `{{ $labels.device }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full (limit ${limit}); writes are about to fail.`,
    })),
    ...alertRule(stack, "HostDiskFillingUp", ({ threshold, limit }) => ({
      expr: `instance:disk_used:ratio > ${threshold} and min ${BY_DISK} (predict_linear(node_filesystem_avail_bytes${DISKS}[6h], 86400)) < 0`,
      description: `{{ $labels.device }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full (watched from ${limit} on) and, as it grew in 6 hours, will be full within a day.`,
    })),
    ...alertRule(stack, "HostInodes", ({ threshold, limit }) => ({
      expr: `instance:inodes_used:ratio > ${threshold}`,
      description: `{{ $labels.device }} of {{ $labels.instance }} has used {{ $value | humanizePercentage }} of the files that it can hold (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostReadOnlyFilesystem", () => ({
      // Some hosts have file systems that are read-only for ever; this is about one that was not.
      expr: `min ${BY_DISK} (node_filesystem_readonly${DISKS}) == 1 and min ${BY_DISK} (min_over_time(node_filesystem_readonly${DISKS}[1d])) == 0`,
      description:
        "{{ $labels.device }} of {{ $labels.instance }} could be written and no longer can; the kernel does that after errors of the disk.",
    })),
    ...alertRule(stack, "HostDiskSlow", ({ threshold, limit }) => ({
      expr: `rate(node_pressure_io_stalled_seconds_total[5m]) > ${threshold}`,
      description: `All tasks of {{ $labels.instance }} wait for disks {{ $value | humanizePercentage }} of the time (limit ${limit}).`,
    })),
  ];
}

function kernelRules(stack: Stack) {
  return [
    ...alertRule(stack, "HostFileDescriptors", ({ threshold, limit }) => ({
      expr: `max by (job, instance) (node_filefd_allocated) / max by (job, instance) (node_filefd_maximum) > ${threshold}`,
      description: `{{ $labels.instance }} has {{ $value | humanizePercentage }} of the open files that it can have (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostClockSkew", ({ threshold, limit }) => ({
      // Against Prometheus' own clock: what the kernel says of NTP means nothing where the
      // hypervisor sets the clock, and there it always says that nobody does.
      expr: `abs(node_time_seconds - timestamp(node_time_seconds)) > ${threshold}`,
      description: `The clocks of {{ $labels.instance }} and of Prometheus are {{ $value | humanizeDuration }} apart (limit ${limit}).`,
    })),
    ...alertRule(stack, "HostClockNotSynchronising", () => ({
      // Only where it was synchronised within a day: see above.
      expr: "node_timex_sync_status == 0 and max_over_time(node_timex_sync_status[1d]) == 1",
      description: "The clock of {{ $labels.instance }} was synchronised and no longer is.",
    })),
  ];
}
