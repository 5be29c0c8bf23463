import type { StackIdentity } from "../../../model/stack-identity";
import type { Workload } from "../../../model/workload";

/**
 * Where a workload lives. Each tier is a namespace of its own, so that a policy, a quota or a role
 * can speak of it; `host` alone may mount the node's directories.
 */
export type Tier = "services" | "stores" | "monitoring" | "host";

/** All tiers, in the order in which they are created. */
export const TIERS: readonly Tier[] = ["services", "stores", "monitoring", "host"];

/** The tier of a workload, from what it is. */
export function tierOf({ role, hostDirectories }: Workload): Tier {
  if (hostDirectories.length > 0) return "host";
  switch (role) {
    case "service":
      return "services";
    case "store":
      return "stores";
    case "exporter":
    case "monitor":
      return "monitoring";
  }
}

const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The namespace of a tier, such as `whalewatch-prod-stores`.
 * @throws RangeError for a project or stack whose name cannot be part of one.
 */
export function namespaceName({ project, name }: StackIdentity, tier: Tier): string {
  const namespace = `${project}-${name}-${tier}`;
  if (DNS_LABEL.test(namespace)) return namespace;
  throw new RangeError(
    `Stack ${name} of project ${project}: found the namespace ${namespace}; allowed: lower-case letters, digits and hyphens, 63 at most. Give the stack another name.`,
  );
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
