import type { AlertCase, Samples } from "../../../support/alert-cases";
import { clusterStack } from "../../../support/cluster";
import { service } from "../../../support/stack-settings";

const stack = clusterStack({ services: { api: service({ autoscale: { maxReplicas: 3 } }) } });
const namespace = "whalewatch-test-services";
const ofController = { workload: "api", namespace };
const ofPod = { ...ofController, pod: "api-5c79b6f599-lm5dh" };
const ofContainer = { ...ofPod, container: "api" };
const ofClaim = { namespace: "whalewatch-test-stores", persistentvolumeclaim: "data-redis-0" };

/** A series as it is scraped, with the labels of the exporter besides those of the alert. */
const series = (metric: string, labels: Readonly<Record<string, string>>): string => {
  const all = { job: "kube-state-metrics", instance: "kube-state-metrics:8080", ...labels };
  const written = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
  return `${metric}{${written.join()}}`;
};
const waits = (reason: string, values: string): Samples => ({
  [series("kube_pod_container_status_waiting_reason", { ...ofContainer, reason })]: values,
});
const desired = (kind: string, wanted: number, ready: number): Samples => {
  const [spec = "", status = ""] =
    kind === "deployment"
      ? ["kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"]
      : ["kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"];
  return {
    [series(spec, { ...ofController, [kind]: "api" })]: `${wanted}x120`,
    [series(status, { ...ofController, [kind]: "api" })]: `${ready}x120`,
  };
};
const filled = (used: number, whole: number): Samples => ({
  [series("kubelet_volume_stats_used_bytes", ofClaim)]: `${used}x60`,
  [series("kubelet_volume_stats_capacity_bytes", ofClaim)]: `${whole}x60`,
});
/** A volume of 400,000 that is 60 % full and fills by so much in each 15 s. */
const filling = (step: number): Samples => ({
  [series("kubelet_volume_stats_used_bytes", ofClaim)]: `240000+${step}x400`,
  [series("kubelet_volume_stats_available_bytes", ofClaim)]: `160000-${step}x400`,
  [series("kubelet_volume_stats_capacity_bytes", ofClaim)]: "400000x400",
});
const restarts = (values: string, reason: string): Samples => ({
  [series("kube_pod_container_status_restarts_total", ofContainer)]: values,
  [series("kube_pod_container_status_last_terminated_reason", { ...ofContainer, reason })]: "1x60",
});

const podCases: readonly AlertCase[] = [
  {
    alert: "PodCrashLooping",
    stack,
    // Seen once in a while: in between it runs, and ends again.
    past: waits("CrashLoopBackOff", "1x4 _x12 1x4 _x12 1x4 _x12"),
    before: waits("ContainerCreating", "1x60"),
    notYet: "4m",
    at: "10m",
    labels: ofContainer,
    says: "api in api-5c79b6f599-lm5dh ends soon after each start, and the kubelet waits longer each time.",
  },
  {
    alert: "PodNotReady",
    stack,
    past: { [series("kube_pod_status_ready", { ...ofPod, condition: "false" })]: "1x120" },
    before: { [series("kube_pod_status_ready", { ...ofPod, condition: "false" })]: "0x120" },
    notYet: "14m",
    at: "16m",
    labels: ofPod,
    says: "api-5c79b6f599-lm5dh is there and not ready, so nobody reaches it.",
  },
  {
    alert: "PodNotReady",
    title: "but for jobs, which end",
    stack,
    past: { [series("kube_pod_status_ready", { ...ofPod, condition: "false" })]: "1x120" },
    before: {
      [series("kube_pod_status_ready", { ...ofPod, condition: "false" })]: "1x120",
      [series("kube_pod_owner", { ...ofPod, owner_kind: "Job" })]: "1x120",
    },
    notYet: "14m",
    at: "16m",
    labels: ofPod,
    says: "api-5c79b6f599-lm5dh is there and not ready, so nobody reaches it.",
  },
  {
    alert: "PodUnschedulable",
    stack,
    past: { [series("kube_pod_status_unschedulable", ofPod)]: "1x60" },
    before: { [series("kube_pod_status_unschedulable", ofPod)]: "0x60" },
    notYet: "4m",
    at: "6m",
    labels: ofPod,
    says: "api-5c79b6f599-lm5dh waits for a node that has room and fits it.",
  },
  {
    alert: "ContainerOomKilled",
    stack,
    past: restarts("0x20 1x40", "OOMKilled"),
    before: restarts("0x20 1x40", "Error"),
    at: "10m",
    labels: ofContainer,
    says: "api in api-5c79b6f599-lm5dh reached its limit in the last 10 minutes and was killed.",
  },
  {
    alert: "ContainerOomKilled",
    title: "not for one of long ago",
    stack,
    past: restarts("0x20 1x40", "OOMKilled"),
    before: restarts("1x60", "OOMKilled"),
    at: "10m",
    labels: ofContainer,
    says: "api in api-5c79b6f599-lm5dh reached its limit in the last 10 minutes and was killed.",
  },
  {
    alert: "ImagePullFailing",
    stack,
    past: waits("ImagePullBackOff", "1x60"),
    before: waits("PodInitializing", "1x60"),
    notYet: "4m",
    at: "6m",
    labels: ofContainer,
    says: "The image of api in api-5c79b6f599-lm5dh cannot be pulled.",
  },
];

const controllerCases: readonly AlertCase[] = [
  ...["deployment", "statefulset"].map((kind): AlertCase => ({
    alert: "PodsMissing",
    title: kind,
    stack,
    past: desired(kind, 3, 1),
    before: desired(kind, 3, 3),
    notYet: "14m",
    at: "16m",
    labels: ofController,
    says: "api lacks 2 of the pods that it should have.",
  })),
  {
    alert: "DaemonSetIncomplete",
    stack,
    past: {
      [series("kube_daemonset_status_desired_number_scheduled", ofController)]: "4x120",
      [series("kube_daemonset_status_number_ready", ofController)]: "3x120",
    },
    before: {
      [series("kube_daemonset_status_desired_number_scheduled", ofController)]: "4x120",
      [series("kube_daemonset_status_number_ready", ofController)]: "4x120",
    },
    notYet: "14m",
    at: "16m",
    labels: ofController,
    says: "api is not ready on 1 of its nodes.",
  },
  {
    alert: "JobFailed",
    stack,
    past: {
      [series("kube_job_failed", { ...ofController, job_name: "api-29", condition: "true" })]:
        "1x20",
    },
    before: {
      [series("kube_job_failed", { ...ofController, job_name: "api-29", condition: "false" })]:
        "1x20",
    },
    at: "2m",
    labels: { ...ofController, job_name: "api-29" },
    says: "The job api-29 has used up its tries and failed.",
  },
  {
    alert: "AutoscalerAtMaximum",
    stack,
    past: {
      [series("kube_horizontalpodautoscaler_status_desired_replicas", ofController)]: "3x120",
      [series("kube_horizontalpodautoscaler_spec_max_replicas", ofController)]: "3x120",
    },
    before: {
      [series("kube_horizontalpodautoscaler_status_desired_replicas", ofController)]: "2x120",
      [series("kube_horizontalpodautoscaler_spec_max_replicas", ofController)]: "3x120",
    },
    notYet: "14m",
    at: "16m",
    labels: ofController,
    says: "api runs all of the 3 replicas that it may.",
  },
];

const quota = (used: number): Samples => ({
  [series("kube_resourcequota", { namespace, resource: "pods", type: "used" })]: `${used}x120`,
  [series("kube_resourcequota", { namespace, resource: "pods", type: "hard" })]: "1000x120",
});

/** The cluster's alerts on both sides of their thresholds. */
export const kubernetesCases: readonly AlertCase[] = [
  ...podCases,
  ...controllerCases,
  {
    alert: "VolumeFilling",
    stack,
    past: filled(851, 1000),
    before: filled(850, 1000),
    notYet: "4m",
    at: "6m",
    labels: ofClaim,
    says: "data-redis-0 is 85.1% full (limit 85%).",
  },
  {
    alert: "VolumeFullSoon",
    stack,
    // 160,000 are left; four days have 23,040 steps of 15 s: 7 a step is full, 6.9 is not.
    past: filling(8),
    before: filling(6),
    notYet: "50m",
    at: "70m",
    labels: ofClaim,
    says: "data-redis-0 is 60.56% full and, filling as in the last 6 hours, has no room left within 4d.",
  },
  {
    alert: "VolumeInodesLow",
    stack,
    past: {
      [series("kubelet_volume_stats_inodes_used", ofClaim)]: "851x60",
      [series("kubelet_volume_stats_inodes", ofClaim)]: "1000x60",
    },
    before: {
      [series("kubelet_volume_stats_inodes_used", ofClaim)]: "850x60",
      [series("kubelet_volume_stats_inodes", ofClaim)]: "1000x60",
    },
    notYet: "4m",
    at: "6m",
    labels: ofClaim,
    says: "data-redis-0 has used 85.1% of the files that it can hold (limit 85%).",
  },
  {
    alert: "QuotaNearlyUsed",
    stack,
    past: quota(901),
    before: quota(900),
    notYet: "14m",
    at: "16m",
    labels: { namespace, resource: "pods" },
    says: "whalewatch-test-services has used 90.1% of pods (limit 90%); an update may find no room.",
  },
];
