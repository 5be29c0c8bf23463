import { z } from "zod";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import { kindPath } from "../../kubernetes/api/kinds";
import { quantity, quantityInMiB, quantityInMillis } from "../../../model/units/quantity";
import { type PodDemand, podDemands, sum } from "../../kubernetes/demand";
import type { StackController, StackObject } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

const quotasSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ hard: z.record(z.string(), z.string()).default({}) }).prefault({}),
    }),
  ),
});

interface Measure {
  /** The total for one workload's pods. */
  readonly wanted: (demand: PodDemand) => number;
  readonly read: (text: string) => number;
  readonly unit: string;
}

const memory = { read: quantityInMiB, unit: " MiB" };
const cpu = { read: quantityInMillis, unit: "m" };
const count = { read: quantity, unit: "" };
const MEASURES: Readonly<Record<string, Measure>> = {
  memory: { ...memory, wanted: ({ pods, requests }) => pods * requests.memoryMiB },
  "requests.memory": { ...memory, wanted: ({ pods, requests }) => pods * requests.memoryMiB },
  "limits.memory": { ...memory, wanted: ({ pods, limits }) => pods * limits.memoryMiB },
  cpu: { ...cpu, wanted: ({ pods, requests }) => pods * requests.cpuMillis },
  "requests.cpu": { ...cpu, wanted: ({ pods, requests }) => pods * requests.cpuMillis },
  "limits.cpu": { ...cpu, wanted: ({ pods, limits }) => pods * limits.cpuMillis },
  "requests.storage": { ...memory, wanted: ({ pods, storageMiB }) => pods * storageMiB },
  persistentvolumeclaims: { ...count, wanted: ({ pods, claims }) => pods * claims },
  pods: { ...count, wanted: ({ pods }) => pods },
};

/** Do quotas that somebody else set in the stack's namespaces leave room for it? */
export async function checkQuotas(
  api: ClusterApi,
  controllers: readonly StackController[],
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  const own = objects.filter(({ kind }) => kind === "ResourceQuota");
  const demands = podDemands(controllers, 1);
  const namespaces = [...new Set(demands.map(({ namespace }) => namespace))];
  const found = await Promise.all(
    namespaces.map(async (namespace) => {
      const path = kindPath("ResourceQuota", namespace);
      const answer = await unless([ABSENT, FORBIDDEN], api.get(path), { items: [] });
      const within = demands.filter((demand) => demand.namespace === namespace);
      return quotasSchema
        .parse(answer)
        .items.filter(
          ({ metadata: { name } }) =>
            !own.some(({ metadata }) => metadata.name === name && metadata.namespace === namespace),
        )
        .flatMap(({ metadata, spec }) =>
          Object.entries(spec.hard).flatMap(([resource, hard]) => {
            const measure = MEASURES[resource];
            if (measure === undefined) return [];
            const wanted = Math.ceil(sum(within.map(measure.wanted)));
            const allowed = Math.floor(measure.read(hard));
            if (wanted <= allowed) return [];
            return [
              {
                problem: `The quota ${metadata.name} allows ${allowed}${measure.unit} of ${resource} in ${namespace}, and the stack needs ${wanted}${measure.unit}.`,
                remedy: "Have it raised, or lower limits, storage or replicas.",
              },
            ];
          }),
        );
    }),
  );
  return found.flat();
}
