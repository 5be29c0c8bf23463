import type { AlertCase, Samples } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { api: service() } });
const labels = { job: "node-exporter", instance: "node-exporter:9100" };
const series = (metric: string, more = ""): string =>
  `${metric}{job="${labels.job}",instance="${labels.instance}"${more}}`;
const disk = { ...labels, device: "/dev/vda" };

/** Of 100 samples' worth of two cores' time, as much as said is work; waiting for disks is not. */
const busy = (work: number): Samples => ({
  [series("node_cpu_seconds_total", ',cpu="0",mode="idle"')]: `0+${90 - work}x160`,
  [series("node_cpu_seconds_total", ',cpu="0",mode="iowait"')]: "0+10x160",
  [series("node_cpu_seconds_total", ',cpu="0",mode="user"')]: `0+${work}x160`,
});
const memory = (available: number): Samples => ({
  [series("node_memory_MemAvailable_bytes")]: `${available}x60`,
  [series("node_memory_MemTotal_bytes")]: "1000x60",
});
const onDisk = ',device="/dev/vda",fstype="ext4",mountpoint="/"';
const bound = ',device="/dev/vda",fstype="ext4",mountpoint="/var/lib/docker"';
const inMemory = ',device="tmpfs",fstype="tmpfs",mountpoint="/tmp"';
/** A disk of 1100 bytes, of which 100 are kept for root, mounted twice, beside memory that is full. */
const used = (bytes: number, length = 60): Samples => ({
  ...Object.fromEntries(
    [onDisk, bound].flatMap((labelled) => [
      [series("node_filesystem_size_bytes", labelled), `1100x${length}`],
      [series("node_filesystem_free_bytes", labelled), `${1100 - bytes}x${length}`],
      [series("node_filesystem_avail_bytes", labelled), `${1000 - bytes}x${length}`],
    ]),
  ),
  [series("node_filesystem_size_bytes", inMemory)]: `1000x${length}`,
  [series("node_filesystem_free_bytes", inMemory)]: `0x${length}`,
  [series("node_filesystem_avail_bytes", inMemory)]: `0x${length}`,
});
/** Fills by as much as said in each of the 1500 samples of 6 hours and a quarter. */
const filling = (first: number, growth: number): Samples => ({
  [series("node_filesystem_size_bytes", onDisk)]: "1000000x1500",
  [series("node_filesystem_free_bytes", onDisk)]: `${1_000_000 - first}-${growth}x1500`,
  [series("node_filesystem_avail_bytes", onDisk)]: `${1_000_000 - first}-${growth}x1500`,
});
const files = (free: number): Samples => ({
  [series("node_filesystem_files_free", onDisk)]: `${free}x60`,
  [series("node_filesystem_files", onDisk)]: "1000x60",
});
const filling6h = {
  alert: "HostDiskFillingUp",
  stack,
  // 100 a sample: 576,000 a day.
  past: filling(550_000, 100),
  notYet: "175m",
  at: "360m",
  labels: disk,
  says: "/dev/vda of node-exporter:9100 is 69.4% full (watched from 60% on) and, as it grew in 6 hours, will be full within a day.",
} as const;
const readOnly = {
  alert: "HostReadOnlyFilesystem",
  stack,
  past: { [series("node_filesystem_readonly", onDisk)]: "0x10 1x60" },
  notYet: "6m",
  at: "9m",
  labels: disk,
  says: "/dev/vda of node-exporter:9100 could be written and no longer can; the kernel does that after errors of the disk.",
} as const;
const swapping = (inward: number, outward: number): Samples => ({
  [series("node_vmstat_pswpin")]: `0+${inward}x120`,
  [series("node_vmstat_pswpout")]: `0+${outward}x120`,
});
const openFiles = (count: number): Samples => ({
  [series("node_filefd_allocated")]: `${count}x120`,
  [series("node_filefd_maximum")]: "1000x120",
});

/** The host's alerts on both sides of their thresholds. */
export const hostCases: readonly AlertCase[] = [
  {
    alert: "HostCpuHigh",
    stack: stackFrom({
      services: { api: service() },
      alerts: { rules: { HostCpuHigh: { threshold: "80%" } } },
    }),
    past: busy(81),
    before: busy(80),
    notYet: "14m",
    at: "25m",
    labels,
    says: "The processors of node-exporter:9100 are 81% busy (limit 80%).",
  },
  {
    alert: "HostMemoryHigh",
    stack,
    past: memory(99),
    before: memory(100),
    notYet: "4m",
    at: "6m",
    labels,
    says: "90.1% of the memory of node-exporter:9100 is taken (limit 90%).",
  },
  {
    alert: "HostOomKills",
    stack,
    past: { [series("node_vmstat_oom_kill")]: "5x20 6x40" },
    before: { [series("node_vmstat_oom_kill")]: "6x60" },
    at: "9m",
    labels,
    says: "The kernel of node-exporter:9100 killed processes in the last 10 minutes, because they or the host had no memory left.",
  },
  {
    alert: "HostSwapping",
    stack,
    past: swapping(30_000, 30_000),
    before: swapping(30_000, 14_000),
    notYet: "9m",
    at: "20m",
    labels,
    says: "node-exporter:9100 reads 2k pages a second back from swap and writes others there (limit 1000).",
  },
  {
    alert: "HostDiskFull",
    stack,
    past: used(851),
    before: used(850),
    notYet: "4m",
    at: "6m",
    labels: disk,
    says: "/dev/vda of node-exporter:9100 is 85.1% full (limit 85%).",
  },
  {
    alert: "HostDiskAlmostFull",
    stack,
    past: used(950),
    before: used(949),
    notYet: "4m",
    at: "6m",
    labels: disk,
    says: "/dev/vda of node-exporter:9100 is 95% full (limit 95%); writes are about to fail.",
  },
  { ...filling6h, title: "of one that does not grow", before: filling(800_000, 0) },
  { ...filling6h, title: "of one with room", before: filling(100_000, 200) },
  {
    alert: "HostInodes",
    stack,
    past: files(99),
    before: files(100),
    notYet: "4m",
    at: "6m",
    labels: disk,
    says: "/dev/vda of node-exporter:9100 has used 90.1% of the files that it can hold (limit 90%).",
  },
  { ...readOnly, before: { [series("node_filesystem_readonly", onDisk)]: "0x60" } },
  {
    ...readOnly,
    title: "of one that always was",
    before: { [series("node_filesystem_readonly", onDisk)]: "1x60" },
  },
  {
    alert: "HostDiskSlow",
    stack,
    past: { [series("node_pressure_io_stalled_seconds_total")]: "0+6x120" },
    before: { [series("node_pressure_io_stalled_seconds_total")]: "0+3x120" },
    notYet: "14m",
    at: "25m",
    labels,
    says: "All tasks of node-exporter:9100 wait for disks 40% of the time (limit 30%).",
  },
  {
    alert: "HostFileDescriptors",
    stack,
    past: openFiles(801),
    before: openFiles(800),
    notYet: "14m",
    at: "17m",
    labels,
    says: "node-exporter:9100 has 80.1% of the open files that it can have (limit 80%).",
  },
  {
    alert: "HostClockSkew",
    stack,
    past: { [series("node_time_seconds")]: "6+15x80" },
    before: { [series("node_time_seconds")]: "5+15x80" },
    notYet: "9m",
    at: "12m",
    labels,
    says: "The clocks of node-exporter:9100 and of Prometheus are 6s apart (limit 5s).",
  },
  {
    alert: "HostClockNotSynchronising",
    stack,
    past: { [series("node_timex_sync_status")]: "1x10 0x120" },
    before: { [series("node_timex_sync_status")]: "0x120" },
    notYet: "16m",
    at: "20m",
    labels,
    says: "The clock of node-exporter:9100 was synchronised and no longer is.",
  },
];
