import type { StackIdentity } from "../../../model/stack-identity";
import { isNamespace, type Tier, tierNamespace, tierOf, TIERS } from "../../../model/tiers";
import type { Workload } from "../../../model/workload";

export { tierOf, TIERS, type Tier };

/**
 * The namespace of a tier, such as `whalewatch-prod-stores`.
 * @throws RangeError for a project or stack whose name cannot be part of one.
 */
export function namespaceName(stack: StackIdentity, tier: Tier): string {
  const { project, name } = stack;
  const namespace = tierNamespace(stack, tier);
  if (isNamespace(namespace)) return namespace;
  throw new RangeError(
    `Stack ${name} of project ${project}: found the namespace ${namespace}; allowed: lower-case letters, digits and hyphens, 63 at most. Give the stack another name.`,
  );
}

/** A name for what belongs to a workload and lives in no namespace; unique in the cluster. */
export function clusterWideName({ project, name }: StackIdentity, workload: Workload): string {
  return `${project}-${name}-${workload.name}`;
}

/** Labels that select a workload's pods; they never change. */
export function selectorLabels(
  { project, name }: StackIdentity,
  workload: Workload,
): Record<string, string> {
  return {
    "app.kubernetes.io/name": workload.name,
    "app.kubernetes.io/instance": `${project}-${name}`,
  };
}

/** The labels of everything that belongs to a workload. */
export function objectLabels(stack: StackIdentity, workload: Workload): Record<string, string> {
  return {
    ...selectorLabels(stack, workload),
    "app.kubernetes.io/component": workload.role,
    ...stackLabels(stack),
  };
}

/** The labels of everything that belongs to a stack. */
export function stackLabels({ project }: StackIdentity): Record<string, string> {
  return {
    "app.kubernetes.io/part-of": project,
    "app.kubernetes.io/managed-by": "whalewatch",
  };
}
