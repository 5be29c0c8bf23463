import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";

/**
 * Keeps all but one replica while nodes are drained. A single replica gets no budget: one that
 * allows no disruption would block the drain for ever.
 */
export function disruptionBudgets(
  workload: Workload,
  { stack }: ClusterContext,
): KubernetesObject[] {
  if (workload.replicas === 1 || workload.hostDirectories.length > 0) return [];
  return [
    {
      kind: "PodDisruptionBudget",
      apiVersion: "policy/v1",
      metadata: {
        name: workload.name,
        namespace: namespaceName(stack, tierOf(workload)),
        labels: objectLabels(stack, workload),
      },
      spec: {
        maxUnavailable: 1,
        // A pod that is not even ready must not keep its node from being drained.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selectorLabels(stack, workload) },
      },
    },
  ];
}

/** Scales a service by its CPU, where it asks for that. */
export function autoscalers(workload: Workload, { stack }: ClusterContext): KubernetesObject[] {
  const { autoscale, replicas, name } = workload;
  if (autoscale === undefined) return [];
  return [
    {
      kind: "HorizontalPodAutoscaler",
      apiVersion: "autoscaling/v2",
      metadata: {
        name,
        namespace: namespaceName(stack, tierOf(workload)),
        labels: objectLabels(stack, workload),
      },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas: replicas,
        maxReplicas: autoscale.maxReplicas,
        metrics: [
          {
            type: "Resource",
            resource: {
              name: "cpu",
              target: { type: "Utilization", averageUtilization: autoscale.cpuPercent },
            },
          },
        ],
      },
    },
  ];
}
