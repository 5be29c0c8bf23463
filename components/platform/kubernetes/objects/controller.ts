import type { FileMount } from "../../../../model/files";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { claimName, podTemplate } from "./pod-template";

/**
 * What keeps a workload's pods running: a DaemonSet where it reads the node itself, a StatefulSet
 * where it has data, else a Deployment.
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
          spec: {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: `${volume.storage.mebibytes}Mi` } },
            ...(context.settings.storageClass !== undefined && {
              storageClassName: context.settings.storageClass,
            }),
          },
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
      // A new pod is ready before an old one goes.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    },
  };
}
