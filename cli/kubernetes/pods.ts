import { z } from "zod";
import type { StackIdentity } from "../../model/stack-identity";
import { ABSENT, type ClusterApi, unless } from "./api/cluster-api";
import { withQuery } from "./api/kinds";

const ended = z.object({ exitCode: z.number().optional(), reason: z.string().optional() });
const waiting = z.object({ reason: z.string().optional(), message: z.string().optional() });
const containerStatus = z.object({
  name: z.string(),
  image: z.string().default(""),
  imageID: z.string().default(""),
  restartCount: z.number().default(0),
  state: z.object({ waiting: waiting.optional(), terminated: ended.optional() }).default({}),
  lastState: z.object({ terminated: ended.optional() }).default({}),
});
const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    creationTimestamp: z.string(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    nodeName: z.string().optional(),
    containers: z.array(
      z.object({
        name: z.string(),
        image: z.string(),
        resources: z
          .object({ limits: z.object({ memory: z.string().optional() }).default({}) })
          .prefault({}),
      }),
    ),
  }),
  status: z
    .object({
      phase: z.string().default("Unknown"),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
            lastTransitionTime: z.string().nullish(),
          }),
        )
        .default([]),
      containerStatuses: z.array(containerStatus).default([]),
    })
    .prefault({}),
});
const podsSchema = z.object({ items: z.array(podSchema) });

/** A pod as far as the commands look at it. */
export type Pod = z.output<typeof podSchema>;
/** A container of a pod, as its node reports it. */
export type ContainerStatus = z.output<typeof containerStatus>;

/** The label on every pod of a stack. */
export function instanceOf({ project, name }: StackIdentity): string {
  return `${project}-${name}`;
}

/** The pods of a stack in some of its namespaces; a namespace that is not there has none. */
export async function stackPods(
  api: ClusterApi,
  stack: StackIdentity,
  namespaces: readonly string[],
): Promise<Pod[]> {
  const labelSelector = `app.kubernetes.io/instance=${instanceOf(stack)}`;
  const lists = await Promise.all(
    namespaces.map(async (namespace) => {
      const path = withQuery(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
      return podsSchema.parse(await unless([ABSENT], api.get(path), { items: [] })).items;
    }),
  );
  return lists.flat();
}

/** The workload that a pod belongs to. */
export function workloadOfPod({ metadata }: Pod): string {
  return metadata.labels["app.kubernetes.io/name"] ?? metadata.name;
}

/** A pod's condition, where it is so. */
export function isTrue({ status }: Pod, type: string): boolean {
  return status.conditions.some((entry) => entry.type === type && entry.status === "True");
}
