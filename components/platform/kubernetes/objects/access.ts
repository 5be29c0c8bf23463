import type { ClusterRight } from "../../../../model/cluster-access";
import { tiersOf } from "../../../../model/tiers";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject, NamedObject } from "../kubernetes-object";
import { clusterWideName, namespaceName, objectLabels, type Tier, tierOf } from "../naming";
import type { ClusterContext } from "./context";

const RBAC = "rbac.authorization.k8s.io";
const API_VERSION = `${RBAC}/v1` as const;

/**
 * The roles that a workload's declared access comes to, each bound to its account alone: one in each
 * namespace that it reads, and one for the whole cluster only where a right is of that kind.
 */
export function accessObjects(workload: Workload, context: ClusterContext): NamedObject[] {
  const { clusterAccess, name } = workload;
  if (clusterAccess === undefined) return [];
  const { rights } = clusterAccess;
  const ofTiers = tiersOf(context.workloads).flatMap((tier) => {
    const here = rights.filter((right) => appliesIn(right, tier, context));
    return here.length === 0
      ? []
      : roleIn(tier, here, workload, context).map((object) => ({
          name: `${name}-${tier}`,
          object,
        }));
  });
  const everywhere = rights.filter(({ where }) => where === "cluster");
  const ofCluster =
    everywhere.length === 0
      ? []
      : clusterRole(everywhere, workload, context).map((object) => ({ name, object }));
  return [...ofTiers, ...ofCluster];
}

function appliesIn({ where }: ClusterRight, tier: Tier, { workloads }: ClusterContext): boolean {
  if (typeof where === "string") return where === "stack";
  return workloads.some(({ name, ...rest }) => name === where.beside && tierOf(rest) === tier);
}

function roleIn(
  tier: Tier,
  rights: readonly ClusterRight[],
  workload: Workload,
  context: ClusterContext,
): KubernetesObject[] {
  const place = { name: workload.name, namespace: namespaceName(context.stack, tier) };
  return granted("Role", place, rights, workload, context);
}

function clusterRole(
  rights: readonly ClusterRight[],
  workload: Workload,
  context: ClusterContext,
): KubernetesObject[] {
  const place = { name: clusterWideName(context.stack, workload) };
  return granted("ClusterRole", place, rights, workload, context);
}

/** A role with these rights, and its binding to the workload's account. */
function granted(
  kind: "Role" | "ClusterRole",
  place: { readonly name: string; readonly namespace?: string },
  rights: readonly ClusterRight[],
  workload: Workload,
  context: ClusterContext,
): KubernetesObject[] {
  const metadata = { ...place, labels: objectLabels(context.stack, workload) };
  return [
    { kind, apiVersion: API_VERSION, metadata, rules: rules(rights) },
    {
      kind: `${kind}Binding`,
      apiVersion: API_VERSION,
      metadata,
      roleRef: { apiGroup: RBAC, kind, name: place.name },
      subjects: [account(workload, context)],
    },
  ];
}

const rules = (rights: readonly ClusterRight[]) =>
  rights.map(({ group, resources, verbs }) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: [...verbs],
  }));

const account = (workload: Workload, { stack }: ClusterContext) => ({
  kind: "ServiceAccount",
  name: workload.name,
  namespace: namespaceName(stack, tierOf(workload)),
});
