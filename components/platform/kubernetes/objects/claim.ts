import type { DataVolume, Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, objectLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { sharedClaimName } from "./pod-template";

type Claim = Extract<KubernetesObject, { kind: "PersistentVolumeClaim" }>;

/** What a claim asks for. */
export function claimSpec({ storage }: DataVolume, { settings }: ClusterContext) {
  return {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: `${storage.mebibytes}Mi` } },
    ...(settings.storageClass !== undefined && { storageClassName: settings.storageClass }),
  } satisfies Claim["spec"];
}

/** The claims of a workload that runs on a schedule: a StatefulSet makes its own. */
export function claims(workload: Workload, context: ClusterContext): Claim[] {
  if (workload.schedule === undefined) return [];
  return workload.volumes.map((volume) => ({
    kind: "PersistentVolumeClaim",
    apiVersion: "v1",
    metadata: {
      name: sharedClaimName(workload, volume),
      namespace: namespaceName(context.stack, tierOf(workload)),
      labels: objectLabels(context.stack, workload),
    },
    spec: claimSpec(volume, context),
  }));
}
