import { z } from "zod";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import { namespacePath } from "../../kubernetes/api/kinds";
import type { Obstacle } from "../check";

const namespaceSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  status: z.object({ phase: z.string().optional() }).default({}),
});

/** Are the stack's namespaces absent, or its own and alive? */
export async function checkNamespaces(
  api: ClusterApi,
  namespaces: readonly string[],
): Promise<Obstacle[]> {
  const found = await Promise.all(
    namespaces.map(async (namespace): Promise<Obstacle[]> => {
      const answer = await unless(
        [ABSENT, FORBIDDEN],
        api.get(namespacePath(namespace)),
        undefined,
      );
      if (answer === undefined) return [];
      const { metadata, status } = namespaceSchema.parse(answer);
      if (status.phase === "Terminating") {
        return [
          {
            problem: `Namespace ${namespace} is still being deleted.`,
            remedy: `Wait until it is gone; what holds it says: kubectl --context ${api.context} get namespace ${namespace} -o yaml`,
          },
        ];
      }
      if (metadata.labels["app.kubernetes.io/managed-by"] !== "whalewatch") {
        return [
          {
            problem: `Namespace ${namespace} exists already and is not this program's (no label app.kubernetes.io/managed-by=whalewatch).`,
            remedy: "Give the stack another name, or delete the namespace if nobody needs it.",
          },
        ];
      }
      return [];
    }),
  );
  return found.flat();
}
