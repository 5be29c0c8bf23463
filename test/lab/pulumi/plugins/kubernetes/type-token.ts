/** The group, version and kind that a resource's type stands for. */
export interface TypeToken {
  apiVersion: string;
  kind: string;
}

/** Groups and kinds that upstream has beside the API's own, and the stand-in does not simulate. */
const REFUSED_GROUPS = ["yaml", "helm.sh", "kustomize"];

/**
 * Reads `kubernetes:<group>/<version>:<Kind>`, where the group of the core API is `core`.
 * Undefined for a type that is no object of the API: YAML files, charts, lists, patches.
 */
export function parseTypeToken(token: string): TypeToken | undefined {
  const found = /^kubernetes:([^/:]+)\/([^/:]+):([^/:]+)$/.exec(token);
  const [group, version, kind] = [found?.[1], found?.[2], found?.[3]];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  if (REFUSED_GROUPS.includes(group) || isVariant(group, kind)) return undefined;
  return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}

/** Whether a kind of the API's own groups is the list or the patch of another kind. */
function isVariant(group: string, kind: string): boolean {
  const own = !group.includes(".") || group.endsWith(".k8s.io");
  return own && /.(List|Patch)$/.test(kind);
}
