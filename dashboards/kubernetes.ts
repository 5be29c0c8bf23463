import { PercentUnit, Short } from "@grafana/grafana-foundation-sdk/units";
import { findWorkload, type Stack } from "../model/stack";
import { KUBE_STATE_METRICS } from "../model/workloads/kube-state-metrics";
import { watchesKubelets } from "../model/workloads/kubelet";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** The stack in its cluster: pods, controllers, volumes, quotas. */
export function kubernetesDashboards(stack: Stack): NamedDashboard[] {
  const state = findWorkload(stack, KUBE_STATE_METRICS) !== undefined;
  const kubelets = watchesKubelets(stack.settings);
  if (!state && !kubelets) return [];
  return [
    buildDashboard("kubernetes", "Kubernetes", [
      { title: "Pods", panels: state ? podPanels : [] },
      { title: "Room", panels: [...(state ? [quotaPanel(stack)] : [])] },
      { title: "Volumes", panels: kubelets ? volumePanels(stack) : [] },
    ]),
  ];
}

const podPanels: readonly PanelSpec[] = [
  {
    kind: "stat",
    title: "Pods not ready",
    description: "Pods that exist and that no request reaches.",
    unit: Short,
    queries: [{ expr: 'sum(kube_pod_status_ready{condition="false"})', legend: "not ready" }],
    alarm: 1,
  },
  {
    kind: "stat",
    title: "Containers waiting",
    description: "Containers that do not run: their image, a volume or a crash keeps them.",
    unit: Short,
    queries: [
      {
        expr: "sum(kube_pod_container_status_waiting_reason) or vector(0)",
        legend: "waiting",
      },
    ],
    alarm: 1,
  },
  {
    kind: "timeseries",
    title: "Pods by phase",
    description: "What the stack's pods are at; Pending for long means that one cannot start.",
    unit: Short,
    queries: [{ expr: "sum by (phase) (kube_pod_status_phase)", legend: "{{phase}}" }],
  },
  {
    kind: "timeseries",
    title: "Restarts",
    description: "Containers that started anew, by workload.",
    unit: Short,
    queries: [
      {
        expr: `sum by (workload) (increase(kube_pod_container_status_restarts_total[${WINDOW}]))`,
        legend: "{{workload}}",
      },
    ],
  },
  {
    kind: "timeseries",
    title: "Pods missing",
    description: "How many ready pods each controller lacks.",
    unit: Short,
    queries: [
      {
        expr: "max by (workload) (kube_deployment_spec_replicas) - max by (workload) (kube_deployment_status_replicas_available)",
        legend: "{{workload}}",
      },
      {
        expr: "max by (workload) (kube_statefulset_replicas) - max by (workload) (kube_statefulset_status_replicas_ready)",
        legend: "{{workload}}",
      },
    ],
    alarm: 1,
  },
];

function quotaPanel({ settings }: Stack): PanelSpec {
  return {
    kind: "timeseries",
    title: "Quotas used",
    description: "What each namespace has used of its quota; at 1 no new pod is admitted.",
    unit: PercentUnit,
    queries: [
      {
        expr: 'max by (namespace, resource) (kube_resourcequota{type="used"}) / max by (namespace, resource) (kube_resourcequota{type="hard"} > 0)',
        legend: "{{namespace}} {{resource}}",
      },
    ],
    ...alarmOf(settings, "QuotaNearlyUsed"),
    max: 1,
  };
}

function volumePanels({ settings }: Stack): PanelSpec[] {
  const legend = "{{persistentvolumeclaim}}";
  return [
    {
      kind: "timeseries",
      title: "Volumes used",
      description: "Share of each volume that is full.",
      unit: PercentUnit,
      queries: [
        {
          expr: "max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes)",
          legend,
        },
      ],
      ...alarmOf(settings, "VolumeFilling"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Files used",
      description: "Share of the files that each volume can hold.",
      unit: PercentUnit,
      queries: [
        {
          expr: "max by (persistentvolumeclaim) (kubelet_volume_stats_inodes_used) / max by (persistentvolumeclaim) (kubelet_volume_stats_inodes > 0)",
          legend,
        },
      ],
      ...alarmOf(settings, "VolumeInodesLow"),
      max: 1,
    },
  ];
}
