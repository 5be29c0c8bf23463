import {
  BytesIEC,
  BytesPerSecondIEC,
  PercentUnit,
  Short,
} from "@grafana/grafana-foundation-sdk/units";
import type { Stack } from "../model/stack";
import { engineWatch } from "../model/workloads/docker-stats-collector";
import { watchesKubelets } from "../model/workloads/kubelet";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec } from "./panels";

/** Every workload against its own limits, the same on both platforms. */
export function containersDashboards(stack: Stack): NamedDashboard[] {
  return [
    buildDashboard("containers", "Containers", [
      { title: "Memory", panels: memoryPanels(stack) },
      { title: "CPU", panels: cpuPanels(stack) },
      { title: "Network", panels: engineWatch(stack.settings) ? networkPanels : [] },
      { title: "Restarts", panels: restartPanels },
    ]),
  ];
}

const legend = "{{workload}}";

function memoryPanels({ settings }: Stack): PanelSpec[] {
  return [
    {
      kind: "timeseries",
      title: "Memory of its limit",
      description: "What each workload's worst replica uses of its memory; at 1 it is killed.",
      unit: PercentUnit,
      queries: [{ expr: "max by (workload) (workload:memory_usage:ratio)", legend }],
      ...alarmOf(settings, "ContainerMemoryNearLimit"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Memory in bytes",
      description: "The same without the limit, to see who is large.",
      unit: BytesIEC,
      queries: [{ expr: "max by (workload) (workload:memory_usage:bytes)", legend }],
    },
  ];
}

function cpuPanels({ settings }: Stack): PanelSpec[] {
  const throttling: PanelSpec = {
    kind: "timeseries",
    title: "Waiting for CPU",
    description: "Share of all periods in which a container had used up its CPU and had to wait.",
    unit: PercentUnit,
    queries: [{ expr: "max by (workload) (workload:cpu_throttled:ratio_rate5m)", legend }],
    ...alarmOf(settings, "ContainerCpuThrottled"),
    max: 1,
  };
  return [
    {
      kind: "timeseries",
      title: "CPU of its limit",
      description: "What each workload's worst replica uses of its CPU, over 5 minutes.",
      unit: PercentUnit,
      queries: [
        {
          expr: "max by (workload) (workload:cpu_usage:cores_rate5m) / max by (workload) (workload:cpu_limit:cores)",
          legend,
        },
      ],
      max: 1,
    },
    ...(watchesKubelets(settings) || engineWatch(settings) ? [throttling] : []),
  ];
}

const networkPanels: readonly PanelSpec[] = (["received", "sent"] as const).map((way) => ({
  kind: "timeseries",
  title: `Network, ${way}`,
  description: `Bytes that each workload's busiest replica has ${way}, over all its networks.`,
  unit: BytesPerSecondIEC,
  queries: [{ expr: `max by (workload) (workload:network_${way}:bytes_rate5m)`, legend }],
}));

const restartPanels: readonly PanelSpec[] = [
  {
    kind: "timeseries",
    title: "Restarts in 15 minutes",
    description: "How often each workload's worst replica started anew.",
    unit: Short,
    queries: [{ expr: "max by (workload) (workload:restarts:increase15m)", legend }],
  },
];
