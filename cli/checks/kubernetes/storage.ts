import { z } from "zod";
import type { Stack } from "../../../model/stack";
import { type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import type { Obstacle } from "../check";

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
    }),
  ),
});

/** Is there a class of storage for the stack's volumes? */
export async function checkStorageClass(api: ClusterApi, stack: Stack): Promise<Obstacle[]> {
  const stores = stack.workloads.filter(({ volumes }) => volumes.length > 0);
  if (stores.length === 0) return [];
  const path = "/apis/storage.k8s.io/v1/storageclasses";
  const answer = await unless([FORBIDDEN], api.get(path), undefined);
  // Who may not see them can still use them.
  if (answer === undefined) return [];
  const classes = listSchema.parse(answer).items.map(({ metadata }) => metadata);
  const wanted = stack.settings.kubernetes.storageClass;
  const fits =
    wanted === undefined
      ? classes.some(({ annotations }) => annotations[DEFAULT_CLASS] === "true")
      : classes.some(({ name }) => name === wanted);
  if (fits) return [];
  const names = classes.map(({ name }) => name);
  const there = names.length > 0 ? `there are: ${names.join(", ")}` : "there is none";
  const users = stores.map(({ name }) => name).join(", ");
  return [
    {
      problem:
        wanted === undefined
          ? `The cluster has no default storage class for the volumes of ${users}; ${there}.`
          : `The cluster has no storage class ${wanted} for the volumes of ${users}; ${there}.`,
      remedy:
        names.length > 0
          ? `Set whalewatch:kubernetes.storageClass in Pulumi.${stack.name}.yaml to one of them.`
          : "Have the cluster's administrator install a provisioner of volumes.",
    },
  ];
}
