import {
  BytesIEC,
  BytesPerSecondIEC,
  PercentUnit,
  Seconds,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import type { AlertName } from "../model/alerts/catalog";
import { findWorkload, type Stack } from "../model/stack";
import { NODE_EXPORTER } from "../model/workloads/node-exporter";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** The machines, where node-exporter watches them; every line is one host or one of its disks. */
export function hostDashboards(stack: Stack): NamedDashboard[] {
  if (!findWorkload(stack, NODE_EXPORTER)) return [];
  const alarm: Alarm = (name) => alarmOf(stack.settings, name);
  return [
    buildDashboard("host", "Host", [
      { title: "Health", panels: health },
      { title: "Processors", panels: processorPanels(alarm) },
      { title: "Memory", panels: memoryPanels(alarm) },
      { title: "Disks", panels: diskPanels(alarm) },
      { title: "Kernel", panels: kernelPanels(alarm) },
    ]),
  ];
}

/** Where a panel turns red: the alert's own threshold, nowhere where it is switched off. */
type Alarm = (name: AlertName) => { readonly alarm?: number };

const health: readonly PanelSpec[] = [
  {
    kind: "stat",
    title: "Hosts",
    description: "Hosts that are watched.",
    unit: Short,
    queries: [{ expr: "count(node_boot_time_seconds)", legend: "hosts" }],
  },
  {
    kind: "stat",
    title: "Uptime",
    description: "Since the last start of the host that started last.",
    unit: Seconds,
    queries: [{ expr: "time() - max(node_boot_time_seconds)", legend: "uptime" }],
  },
  {
    kind: "stat",
    title: "Cores",
    description: "Processor cores of all hosts.",
    unit: Short,
    queries: [{ expr: "sum(instance:cpu_cores:count)", legend: "cores" }],
  },
  {
    kind: "stat",
    title: "Memory",
    description: "Memory of all hosts.",
    unit: BytesIEC,
    queries: [{ expr: "sum(node_memory_MemTotal_bytes)", legend: "memory" }],
  },
];

const processorPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "CPU busy",
    description: "Share of all cores that works; waiting for disks is not work.",
    unit: PercentUnit,
    queries: [
      { expr: "max by (instance) (instance:cpu_busy:ratio_rate5m)", legend: "{{instance}}" },
    ],
    ...alarm("HostCpuHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Load",
    description: "Tasks that run or wait, on average of five minutes, per core.",
    unit: Short,
    queries: [
      {
        expr: "max by (instance) (node_load5) / max by (instance) (instance:cpu_cores:count)",
        legend: "{{instance}}",
      },
    ],
  },
];

const memoryPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Memory taken",
    description: "Share of the memory that programs cannot have any more.",
    unit: PercentUnit,
    queries: [{ expr: "max by (instance) (instance:memory_used:ratio)", legend: "{{instance}}" }],
    ...alarm("HostMemoryHigh"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Processes killed for memory",
    description: "A second; each of them is a container or a host that had none left.",
    unit: Short,
    queries: [
      {
        expr: `sum by (instance) (rate(node_vmstat_oom_kill[${WINDOW}]))`,
        legend: "{{instance}}",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Swap traffic",
    description:
      "Pages a second from and to disk; both at once is a host that has too little memory.",
    unit: Short,
    queries: [
      {
        expr: `sum by (instance) (rate(node_vmstat_pswpin[${WINDOW}]))`,
        legend: "{{instance}} in",
      },
      {
        expr: `sum by (instance) (rate(node_vmstat_pswpout[${WINDOW}]))`,
        legend: "{{instance}} out",
      },
    ],
    ...alarm("HostSwapping"),
  },
];

const diskPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Disk used",
    description: "As df shows it, by device.",
    unit: PercentUnit,
    queries: [
      {
        expr: "max by (instance, device) (instance:disk_used:ratio)",
        legend: "{{instance}} {{device}}",
      },
    ],
    ...alarm("HostDiskFull"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Files used",
    description: "Share of the files that a file system can hold, by device.",
    unit: PercentUnit,
    queries: [
      {
        expr: "max by (instance, device) (instance:inodes_used:ratio)",
        legend: "{{instance}} {{device}}",
      },
    ],
    ...alarm("HostInodes"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Disk traffic",
    description: "Bytes a second read and written, by host.",
    unit: BytesPerSecondIEC,
    queries: [
      {
        expr: `sum by (instance) (rate(node_disk_read_bytes_total[${WINDOW}]))`,
        legend: "{{instance}} read",
      },
      {
        expr: `sum by (instance) (rate(node_disk_written_bytes_total[${WINDOW}]))`,
        legend: "{{instance}} written",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Waiting for disks",
    description: "Share of the time in which all tasks at once wait for disks.",
    unit: PercentUnit,
    queries: [
      {
        expr: `max by (instance) (rate(node_pressure_io_stalled_seconds_total[${WINDOW}]))`,
        legend: "{{instance}}",
      },
    ],
    ...alarm("HostDiskSlow"),
    max: 1,
  },
];

const kernelPanels = (alarm: Alarm): PanelSpec[] => [
  {
    kind: "timeseries",
    title: "Open files",
    description: "Share of the open files that the kernel allows.",
    unit: PercentUnit,
    queries: [
      {
        expr: "max by (instance) (node_filefd_allocated) / max by (instance) (node_filefd_maximum)",
        legend: "{{instance}}",
      },
    ],
    ...alarm("HostFileDescriptors"),
    max: 1,
  },
  {
    kind: "timeseries",
    title: "Clock",
    description: "Seconds between the host's clock and that of Prometheus.",
    unit: Seconds,
    queries: [
      {
        expr: "max by (instance) (abs(node_time_seconds - timestamp(node_time_seconds)))",
        legend: "{{instance}}",
      },
    ],
    ...alarm("HostClockSkew"),
  },
];
