import { z } from "zod";
import { ABSENT, type ClusterApi, unless } from "../../kubernetes/api/cluster-api";
import { KINDS, type StackKind } from "../../kubernetes/api/kinds";
import type { StackObject } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

/** What gives a cluster the kinds of a group that Kubernetes itself does not have. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  [
    "monitoring.coreos.com",
    "Install the Prometheus operator, 0.81 or newer, or set whalewatch:prometheus.mode: server.",
  ],
  [
    "gateway.networking.k8s.io",
    "Install the Gateway API, or set whalewatch:kubernetes.route to kind: ingress.",
  ],
]);

const resourcesSchema = z.object({ resources: z.array(z.object({ kind: z.string() })) });

/** Does the cluster know every kind that the stack is made of? */
export async function checkCustomKinds(
  api: ClusterApi,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  const found = await Promise.all(
    [...PROVIDERS].map(async ([group, remedy]): Promise<Obstacle[]> => {
      const kinds = [...new Set(objects.map(({ kind }) => kind))].filter(
        (kind) => KINDS[kind].group === group,
      );
      const versions = [...new Set(kinds.map((kind) => KINDS[kind].version))];
      const missing = await Promise.all(
        versions.map((version) => missingKinds(api, `${group}/${version}`, kinds)),
      );
      return missing.flat().length === 0
        ? []
        : [{ problem: `The cluster has no ${missing.flat().join(", ")}.`, remedy }];
    }),
  );
  return found.flat();
}

/** Such as `ServiceMonitor and Probe (monitoring.coreos.com/v1)`. */
async function missingKinds(
  api: ClusterApi,
  groupVersion: string,
  kinds: readonly StackKind[],
): Promise<string[]> {
  const wanted = kinds.filter(
    (kind) => `${KINDS[kind].group}/${KINDS[kind].version}` === groupVersion,
  );
  const answer = await unless([ABSENT], api.get(`/apis/${groupVersion}`), { resources: [] });
  const known = resourcesSchema.parse(answer).resources.map(({ kind }) => kind);
  const missing = wanted.filter((kind) => !known.includes(kind));
  return missing.length === 0 ? [] : [`${missing.join(" and ")} (${groupVersion})`];
}
