import type { Stack } from "../../../model/stack";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import { namespacePath } from "../../kubernetes/api/kinds";
import { namedSecrets } from "../../kubernetes/named-secrets";

/**
 * Warns of Secrets that are named and missing. No obstacle: a namespace that the first update makes
 * cannot have them before it, and an image may be there without a login.
 */
export async function missingSecrets(api: ClusterApi, stack: Stack): Promise<string[]> {
  const found = await Promise.all(
    namedSecrets(stack).map(async ({ namespace, name, use, type }) => {
      const path = `${namespacePath(namespace)}/secrets/${name}`;
      const secret = await unless([ABSENT], unless([FORBIDDEN], api.get(path), true), undefined);
      if (secret !== undefined) return [];
      const create = `kubectl --context ${api.context} create secret ${type} ${name} --namespace ${namespace} …`;
      return [
        `Namespace ${namespace} has no Secret ${name}: ${use}. Once the namespace is there, make it and run up again: ${create}`,
      ];
    }),
  );
  return found.flat();
}
