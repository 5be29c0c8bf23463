import type { StackIdentity } from "./stack-identity";
import type { Workload } from "./workload";

/**
 * Where a workload lives. Each tier is a namespace of its own, so that a policy, a quota or a role
 * can speak of it; `host` alone may mount the node's directories.
 */
export type Tier = "services" | "stores" | "monitoring" | "host";

/** All tiers, in the order in which they are created. */
export const TIERS: readonly Tier[] = ["services", "stores", "monitoring", "host"];

/** The tier of a workload, from what it is. */
export function tierOf({
  role,
  hostDirectories,
}: Pick<Workload, "role" | "hostDirectories">): Tier {
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

/** The tiers that workloads are in. */
export function tiersOf(workloads: readonly Pick<Workload, "role" | "hostDirectories">[]): Tier[] {
  return TIERS.filter((tier) => workloads.some((workload) => tierOf(workload) === tier));
}

const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a cluster takes a name for a namespace. */
export function isNamespace(name: string): boolean {
  return DNS_LABEL.test(name);
}

/** The namespace of a tier, such as `whalewatch-prod-stores`; whether a cluster takes it is another matter. */
export function tierNamespace({ project, name }: StackIdentity, tier: Tier): string {
  return `${project}-${name}-${tier}`;
}
