import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach kube-state-metrics. */
export const KUBE_STATE_METRICS = "kube-state-metrics";
/** The port it answers on with what it knows of the cluster; the image's own default. */
export const KUBE_STATE_METRICS_PORT = 8080;
/** The port it answers on with how it is itself. */
const OWN_PORT = 8081;

/** What it watches: the kinds that rules and panels speak of, by their group in the API. */
const WATCHED: Readonly<Record<string, readonly string[]>> = {
  "": ["pods", "resourcequotas"],
  apps: ["daemonsets", "deployments", "statefulsets"],
  autoscaling: ["horizontalpodautoscalers"],
  batch: ["cronjobs", "jobs"],
};

/** What it tells of them: the metrics that rules and panels use; every other costs memory twice. */
export const KUBE_STATE_METRICS_KEPT: readonly string[] = [
  "kube_cronjob_status_last_successful_time",
  "kube_daemonset_status_desired_number_scheduled",
  "kube_daemonset_status_number_ready",
  "kube_deployment_spec_replicas",
  "kube_deployment_status_replicas_available",
  "kube_horizontalpodautoscaler_spec_max_replicas",
  "kube_horizontalpodautoscaler_status_desired_replicas",
  "kube_job_failed",
  "kube_pod_container_status_last_terminated_reason",
  "kube_pod_container_status_restarts_total",
  "kube_pod_container_status_waiting_reason",
  "kube_pod_owner",
  "kube_pod_status_phase",
  "kube_pod_status_ready",
  "kube_pod_status_unschedulable",
  "kube_resourcequota",
  "kube_statefulset_replicas",
  "kube_statefulset_status_replicas_ready",
];

/**
 * Tells what the cluster's API knows of the stack: pods, their controllers, quotas. Told of
 * its namespaces it asks for those alone, so that roles in them are all the rights it needs; it reads
 * no Secret and no ConfigMap.
 * @param namespaces the stack's own.
 */
export function kubeStateMetricsWorkload(
  settings: Settings["exporters"]["kubeStateMetrics"],
  namespaces: readonly string[],
): Workload {
  return {
    ...programBasics(settings),
    name: KUBE_STATE_METRICS,
    role: "exporter",
    command: [
      `--namespaces=${namespaces.join(",")}`,
      `--resources=${Object.values(WATCHED).flat().sort().join(",")}`,
      `--metric-allowlist=${KUBE_STATE_METRICS_KEPT.join(",")}`,
    ],
    clusterAccess: {
      rights: Object.entries(WATCHED).map(([group, resources]) => ({
        where: "stack",
        group,
        resources,
        verbs: ["list", "watch"],
      })),
    },
    ports: [{ container: KUBE_STATE_METRICS_PORT }],
    health: { kind: "http", port: OWN_PORT, path: "/readyz" },
  };
}
