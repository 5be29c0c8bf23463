import type { FileMount } from "../../../../model/files";
import { tiersOf } from "../../../../model/tiers";
import type { Workload } from "../../../../model/workload";
import type { NamedObject } from "../kubernetes-object";
import type { Tier } from "../naming";
import { accessObjects } from "./access";
import { autoscalers, disruptionBudgets } from "./availability";
import { certificatePolicies } from "./certificate-policy";
import { claims } from "./claim";
import { configMap } from "./config-map";
import type { ClusterContext } from "./context";
import { denyAll, networkPolicy } from "./network-policy";
import { limitRange, resourceQuotas } from "./quota";
import { routes } from "./route";
import { services } from "./service";
import { serviceAccount } from "./service-account";

/** The tiers that a stack's workloads live in. */
export function usedTiers({ workloads }: ClusterContext): Tier[] {
  return tiersOf(workloads);
}

/** What a tier has before any workload is in it. */
export function tierObjects(tier: Tier, context: ClusterContext): NamedObject[] {
  return [
    { name: `${tier}-deny-all`, object: denyAll(tier, context) },
    ...certificatePolicies(tier, context).map((object) => ({
      name: `${tier}-certificates`,
      object,
    })),
    ...resourceQuotas(tier, context).map((object) => ({ name: `${tier}-budget`, object })),
    { name: `${tier}-budget`, object: limitRange(tier, context) },
  ];
}

/** What a workload needs before its pods can start. Secrets are the platform's own affair. */
export function supportingObjects(
  workload: Workload,
  mounts: readonly FileMount[],
  context: ClusterContext,
): NamedObject[] {
  const { name } = workload;
  return [
    { name, object: serviceAccount(workload, context) },
    ...accessObjects(workload, context),
    { name, object: networkPolicy(workload, context) },
    ...claims(workload, context).map((object) => ({ name: object.metadata.name, object })),
    ...mounts
      .filter(({ sensitive }) => !sensitive)
      .map((mount) => ({
        name: `${name}-${mount.name}`,
        object: configMap(workload, mount, context),
      })),
    ...services(workload, context),
  ];
}

/** What goes with running pods. */
export function attendingObjects(workload: Workload, context: ClusterContext): NamedObject[] {
  return [
    ...disruptionBudgets(workload, context),
    ...autoscalers(workload, context),
    ...routes(workload, context),
  ].map((object) => ({ name: workload.name, object }));
}
