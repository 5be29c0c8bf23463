import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { mostReplicas } from "./replicas";

/**
 * Keeps all but one replica while nodes are drained. Where there is never more than one, a budget
 * could only block the drain for ever or say nothing.
 */
export function disruptionBudgets(
  workload: Workload,
  { stack }: ClusterContext,
): KubernetesObject[] {
  if (mostReplicas(workload) === 1 || workload.hostDirectories.length > 0) return [];
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
  const { autoscale, limits, replicas, name } = workload;
  if (autoscale === undefined) return [];
  // Of the limit, as it is declared: of the request, which is smaller, a share would say little.
  const averageValue = `${Math.round((limits.cpu.millis * autoscale.cpuPercent) / 100)}m`;
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
              target: { type: "AverageValue", averageValue },
            },
          },
        ],
      },
    },
  ];
}
