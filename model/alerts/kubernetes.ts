import type { AlertDefinitions } from "./alert";
import { duration, percent } from "./threshold";

const dashboard = "kubernetes";
const MIXIN = "kubernetes-mixin";

/** The stack's pods, controllers, volumes and quotas, as the cluster sees them. */
export const kubernetesAlerts = {
  PodCrashLooping: {
    severity: "warning",
    for: "5m",
    summary: "A container keeps crashing.",
    dashboard,
  },
  PodNotReady: {
    severity: "warning",
    for: "15m",
    summary: "A pod is not ready.",
    dashboard,
  },
  PodUnschedulable: {
    severity: "warning",
    for: "5m",
    summary: "No node takes a pod.",
    dashboard,
  },
  ContainerOomKilled: {
    severity: "warning",
    summary: "A container was killed because its memory was used up.",
    dashboard,
  },
  ImagePullFailing: {
    severity: "warning",
    for: "5m",
    summary: "A node cannot pull an image.",
    dashboard,
  },
  PodsMissing: {
    severity: "warning",
    for: "15m",
    summary: "Fewer pods are ready than a controller wants.",
    dashboard,
  },
  DaemonSetIncomplete: {
    severity: "warning",
    for: "15m",
    summary: "A pod that belongs on every node is not on all of them.",
    dashboard,
  },
  VolumeFilling: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "85%",
      lowest: "10%",
      highest: "99%",
      source: "the share at which the host's disks are reported too",
    }),
    summary: "A volume is nearly full.",
    dashboard,
  },
  VolumeFullSoon: {
    severity: "warning",
    for: "1h",
    threshold: duration({ default: "4d", lowest: "1h", highest: "30d", source: MIXIN }),
    summary: "A volume will be full within days.",
    dashboard,
  },
  VolumeInodesLow: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "85%",
      lowest: "10%",
      highest: "99%",
      source: "the same share as of the bytes",
    }),
    summary: "A volume can hold hardly any more files.",
    dashboard,
  },
  JobFailed: {
    severity: "warning",
    summary: "A job has failed.",
    dashboard,
  },
  QuotaNearlyUsed: {
    severity: "warning",
    for: "15m",
    threshold: percent({ default: "90%", lowest: "10%", highest: "100%", source: MIXIN }),
    summary: "A namespace has nearly used up its quota.",
    dashboard,
  },
  AutoscalerAtMaximum: {
    severity: "warning",
    for: "15m",
    summary: "An autoscaler may add no more replicas.",
    dashboard,
  },
} as const satisfies AlertDefinitions;
