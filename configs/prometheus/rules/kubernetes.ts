import { wholeStack } from "../../../model/shard-view";
import { findWorkload, type Stack } from "../../../model/stack";
import { KUBE_STATE_METRICS } from "../../../model/workloads/kube-state-metrics";
import { asksKubelets } from "../../../model/workloads/kubelet";
import { alertRule } from "../alert-rule";
import type { AlertRule, RuleGroup } from "../rule-group";

/** The stack in its cluster: pods, their controllers, volumes, jobs, quotas. */
export function kubernetesRules(stack: Stack): RuleGroup[] {
  const rules = [
    ...(findWorkload(stack, KUBE_STATE_METRICS) ? stateRules(stack) : []),
    ...(asksKubelets(stack) ? volumeRules(stack) : []),
  ];
  return [{ name: "kubernetes", rules }];
}

function stateRules(stack: Stack): AlertRule[] {
  return [...podRules(stack), ...controllerRules(stack), ...namespaceRules(stack)];
}

const CONTAINER = "by (workload, namespace, pod, container)";
const POD = "by (workload, namespace, pod)";
const CONTROLLER = "by (workload, namespace)";

/** A waiting container is seen between two tries alone, so any sight of it within 5 minutes counts. */
const waiting = (reasons: string): string =>
  `max ${CONTAINER} (max_over_time(kube_pod_container_status_waiting_reason{reason=~"${reasons}"}[5m])) > 0`;

function podRules(stack: Stack): AlertRule[] {
  return [
    ...alertRule(stack, "PodCrashLooping", () => ({
      expr: waiting("CrashLoopBackOff"),
      description:
        "{{ $labels.container }} in {{ $labels.pod }} ends soon after each start, and the kubelet waits longer each time.",
    })),
    ...alertRule(stack, "PodNotReady", () => ({
      expr: `max ${POD} (kube_pod_status_ready{condition="false"}) > 0 unless on (namespace, pod) kube_pod_owner{owner_kind="Job"}`,
      description: "{{ $labels.pod }} is there and not ready, so nobody reaches it.",
    })),
    ...alertRule(stack, "PodUnschedulable", () => ({
      expr: `max ${POD} (kube_pod_status_unschedulable) > 0`,
      description: "{{ $labels.pod }} waits for a node that has room and fits it.",
    })),
    ...alertRule(stack, "ContainerOomKilled", () => ({
      expr: `max ${CONTAINER} (increase(kube_pod_container_status_restarts_total[10m])) > 0 and on (namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1`,
      description:
        "{{ $labels.container }} in {{ $labels.pod }} reached its limit in the last 10 minutes and was killed.",
    })),
    ...alertRule(stack, "ImagePullFailing", () => ({
      expr: waiting("ErrImagePull|ImagePullBackOff|InvalidImageName"),
      description: "The image of {{ $labels.container }} in {{ $labels.pod }} cannot be pulled.",
    })),
  ];
}

function controllerRules(stack: Stack): AlertRule[] {
  const autoscaled = wholeStack(stack).workloads.some(({ autoscale }) => autoscale !== undefined);
  const missing = (wanted: string, ready: string): string =>
    `max ${CONTROLLER} (${wanted}) - max ${CONTROLLER} (${ready}) > 0`;
  return [
    ...alertRule(stack, "PodsMissing", () => ({
      expr: `${missing("kube_deployment_spec_replicas", "kube_deployment_status_replicas_available")} or ${missing("kube_statefulset_replicas", "kube_statefulset_status_replicas_ready")}`,
      description: "{{ $labels.workload }} lacks {{ $value }} of the pods that it should have.",
    })),
    ...alertRule(stack, "DaemonSetIncomplete", () => ({
      expr: missing(
        "kube_daemonset_status_desired_number_scheduled",
        "kube_daemonset_status_number_ready",
      ),
      description: "{{ $labels.workload }} is not ready on {{ $value }} of its nodes.",
    })),
    ...alertRule(stack, "JobFailed", () => ({
      expr: `max by (workload, namespace, job_name) (kube_job_failed{condition="true"}) > 0`,
      description: "The job {{ $labels.job_name }} has used up its tries and failed.",
    })),
    ...(autoscaled
      ? alertRule(stack, "AutoscalerAtMaximum", () => ({
          expr: `max ${CONTROLLER} (kube_horizontalpodautoscaler_status_desired_replicas) >= max ${CONTROLLER} (kube_horizontalpodautoscaler_spec_max_replicas)`,
          description: "{{ $labels.workload }} runs all of the {{ $value }} replicas that it may.",
        }))
      : []),
  ];
}

function namespaceRules(stack: Stack): AlertRule[] {
  return alertRule(stack, "QuotaNearlyUsed", ({ threshold, limit }) => ({
    expr: `max by (namespace, resource) (kube_resourcequota{type="used"}) / max by (namespace, resource) (kube_resourcequota{type="hard"} > 0) > ${threshold}`,
    description: `{{ $labels.namespace }} has used {{ $value | humanizePercentage }} of {{ $labels.resource }} (limit ${limit}); an update may find no room.`,
  }));
}

const CLAIM = "by (namespace, persistentvolumeclaim)";
const share = (used: string, whole: string): string =>
  `max ${CLAIM} (${used}) / max ${CLAIM} (${whole})`;
const USED = share("kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes");
/** Below this share a line that leads to the end says little: new volumes fill fast at first. */
const HALF = 0.5;

function volumeRules(stack: Stack): AlertRule[] {
  const claim = "{{ $labels.persistentvolumeclaim }}";
  return [
    ...alertRule(stack, "VolumeFilling", ({ threshold, limit }) => ({
      expr: `${USED} > ${threshold}`,
      description: `${claim} is {{ $value | humanizePercentage }} full (limit ${limit}).`,
    })),
    ...alertRule(stack, "VolumeFullSoon", ({ threshold, limit }) => ({
      expr: `${USED} > ${HALF} and on (namespace, persistentvolumeclaim) predict_linear(kubelet_volume_stats_available_bytes[6h], ${threshold}) < 0`,
      description: `${claim} is {{ $value | humanizePercentage }} full and, filling as in the last 6 hours, has no room left within ${limit}.`,
    })),
    ...alertRule(stack, "VolumeInodesLow", ({ threshold, limit }) => ({
      expr: `${share("kubelet_volume_stats_inodes_used", "kubelet_volume_stats_inodes > 0")} > ${threshold}`,
      description: `${claim} has used {{ $value | humanizePercentage }} of the files that it can hold (limit ${limit}).`,
    })),
  ];
}
