import type { StackIdentity } from "../../../model/stack-identity";
import type { ClusterApi } from "../../kubernetes/api/cluster-api";
import { clusterLeftovers } from "../../kubernetes/leftovers";
import type { DeclaredResource } from "../declared-resources";
import type { Finding } from "../finding";

/**
 * What a refresh cannot see in a cluster: objects that carry the stack's labels without being in the
 * state, such as a network policy put there by hand. Every declared field of a declared object is
 * Pulumi's to compare.
 */
export async function clusterDrift(
  api: ClusterApi,
  stack: StackIdentity,
  declared: readonly DeclaredResource[],
): Promise<Finding[]> {
  const resources = declared.flatMap(({ type, id }) => (id === undefined ? [] : [{ type, id }]));
  const strange = await clusterLeftovers(api, stack, { resources });
  return strange.map((resource) => ({
    resource,
    property: "existence",
    declared: "not in the state",
    found: "exists",
    cause: "drift",
    mend: { by: "hand", command: `npm run doctor -- --stack ${stack.name} --fix` },
  }));
}
