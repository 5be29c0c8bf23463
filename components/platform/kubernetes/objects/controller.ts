import type { FileMount } from "../../../../model/files";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import { claimSpec } from "./claim";
import type { ClusterContext } from "./context";
import { cronJob } from "./cron-job";
import { claimName, podTemplate } from "./pod-template";
import { readyWithin } from "./replicas";

/**
 * What runs a workload's pods: a CronJob where it has a schedule, a DaemonSet where it reads the node
 * itself, a StatefulSet where it has data, else a Deployment.
 */
export function controller(
  workload: Workload,
  mounts: readonly FileMount[],
  context: ClusterContext,
): KubernetesObject {
  const { stack } = context;
  const metadata = {
    name: workload.name,
    namespace: namespaceName(stack, tierOf(workload)),
    labels: objectLabels(stack, workload),
  };
  const selector = { matchLabels: selectorLabels(stack, workload) };
  const template = podTemplate(workload, mounts, context);
  if (workload.schedule !== undefined) return cronJob(metadata, workload.schedule, template);
  if (workload.hostDirectories.length > 0) {
    return { kind: "DaemonSet", apiVersion: "apps/v1", metadata, spec: { selector, template } };
  }
  // With an autoscaler the number of replicas is its business.
  const replicas = workload.autoscale ? {} : { replicas: workload.replicas };
  if (workload.volumes.length > 0) {
    return {
      kind: "StatefulSet",
      apiVersion: "apps/v1",
      metadata,
      spec: {
        ...replicas,
        serviceName: workload.name,
        podManagementPolicy: "Parallel",
        selector,
        template,
        // The claims outlive the pods, the set and the stack: data goes only by hand.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        volumeClaimTemplates: workload.volumes.map((volume) => ({
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: claimName(volume), labels: selectorLabels(stack, workload) },
          spec: claimSpec(volume, context),
        })),
      },
    };
  }
  return {
    kind: "Deployment",
    apiVersion: "apps/v1",
    metadata,
    spec: {
      ...replicas,
      selector,
      template,
      revisionHistoryLimit: 3,
      // The API server's own 10 minutes would call a slow start a failure.
      ...(workload.startWithin && {
        progressDeadlineSeconds: readyWithin(workload).seconds,
      }),
      // A new pod is ready before an old one goes.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    },
  };
}
