import { type RegisteredResource } from "./program-run";

type Ordered = Pick<RegisteredResource, "urn" | "parent" | "dependencies">;

/**
 * Parents and dependencies before what needs them, and otherwise by URN. Registrations arrive in an
 * order that differs from run to run; what is made of them should not.
 */
export function stableOrder<Resource extends Ordered>(resources: readonly Resource[]): Resource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const placed = new Map<string, Resource>();
  const entered = new Set<string>();
  const place = (urn: string) => {
    const resource = byUrn.get(urn);
    if (resource === undefined || entered.has(urn)) return;
    entered.add(urn); // before the others, so that a cycle ends here
    for (const needed of needs(resource)) place(needed);
    placed.set(urn, resource);
  };
  for (const urn of [...byUrn.keys()].sort()) place(urn);
  return [...placed.values()];
}

function needs({ parent, dependencies }: Ordered): string[] {
  const sorted = [...dependencies].sort();
  return parent === undefined ? sorted : [parent, ...sorted];
}
