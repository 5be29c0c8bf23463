import type { KubernetesObject } from "../../components/platform/kubernetes/kubernetes-object";
import { namespaceName, tierOf } from "../../components/platform/kubernetes/naming";
import type { ClusterContext } from "../../components/platform/kubernetes/objects/context";
import { controller } from "../../components/platform/kubernetes/objects/controller";
import { namespace } from "../../components/platform/kubernetes/objects/namespace";
import {
  attendingObjects,
  supportingObjects,
  tierObjects,
  usedTiers,
} from "../../components/platform/kubernetes/objects/objects";
import { operatorObjects } from "../../components/platform/kubernetes/objects/operator";
import { operatorObjects as handedOver } from "../../configs/prometheus/operator";
import type { FileMount, ProvisionedFiles } from "../../model/files";
import { ALERTING_SECRET } from "../../model/operator-alerting";
import type { Stack } from "../../model/stack";

/** A Secret that pods refer to and that somebody else makes. */
export interface ExpectedSecret {
  readonly namespace: string;
  readonly name: string;
  /** Who reads it: a workload, as a rule. */
  readonly workload: string;
  readonly mount: FileMount;
}

/** A stack in a cluster: its objects, and the Secrets that they lack. */
export interface ClusterObjects {
  readonly objects: readonly KubernetesObject[];
  readonly secrets: readonly ExpectedSecret[];
}

/** Everything that the Kubernetes platform would register, Secrets aside. */
export function clusterObjects(stack: Stack, files: ProvisionedFiles): ClusterObjects {
  const context: ClusterContext = {
    stack,
    settings: stack.settings.kubernetes,
    workloads: stack.workloads,
    secretName: (workload, mount) => `${workload.name}-${mount.name}`,
  };
  const ofTiers = usedTiers(context).flatMap((tier) => [
    namespace(tier, context),
    ...tierObjects(tier, context).map(({ object }) => object),
  ]);
  const ofWorkloads = stack.workloads.flatMap((workload) => {
    const mounts = files.get(workload.name) ?? [];
    return [
      ...supportingObjects(workload, mounts, context).map(({ object }) => object),
      controller(workload, mounts, context),
      ...attendingObjects(workload, context).map(({ object }) => object),
    ];
  });
  const secrets = stack.workloads.flatMap((workload) =>
    (files.get(workload.name) ?? [])
      .filter(({ sensitive }) => sensitive)
      .map((mount) => ({
        namespace: namespaceName(stack, tierOf(workload)),
        name: `${workload.name}-${mount.name}`,
        workload: workload.name,
        mount,
      })),
  );
  const handed = handedOver(stack);
  const ofReceivers = (handed?.alerting?.secrets ?? []).map((mount) => ({
    namespace: namespaceName(stack, handed?.tier ?? "monitoring"),
    name: ALERTING_SECRET,
    workload: "the cluster's Alertmanager",
    mount,
  }));
  const ofOperator = handed ? operatorObjects(handed, context).map(({ object }) => object) : [];
  return {
    objects: [...ofTiers, ...ofWorkloads, ...ofOperator],
    secrets: [...secrets, ...ofReceivers],
  };
}
