import { z } from "zod";
import { ABSENT, ApiError, type ClusterApi } from "./api/cluster-api";
import { quantityInMiB } from "../../model/units/quantity";
import type { Pod } from "./pods";

const BYTES_PER_MEBIBYTE = 1024 * 1024;

const metricsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      containers: z.array(z.object({ usage: z.object({ memory: z.string() }) })),
    }),
  ),
});
const summarySchema = z.object({
  pods: z.array(
    z.object({
      podRef: z.object({ name: z.string(), namespace: z.string() }),
      containers: z
        .array(
          z.object({ memory: z.object({ workingSetBytes: z.number().optional() }).prefault({}) }),
        )
        .default([]),
    }),
  ),
});

/** Memory in use in MiB, by `namespace/pod`; empty where neither the cluster nor its nodes tell. */
export type MemoryUse = ReadonlyMap<string, number>;

/** What pods use: from the metrics API where the cluster has one, else from the nodes themselves. */
export async function memoryUse(api: ClusterApi, pods: readonly Pod[]): Promise<MemoryUse> {
  return (await fromMetricsApi(api, pods)) ?? (await fromNodes(api, pods));
}

async function fromMetricsApi(
  api: ClusterApi,
  pods: readonly Pod[],
): Promise<MemoryUse | undefined> {
  const namespaces = [...new Set(pods.map(({ metadata }) => metadata.namespace))];
  const use = new Map<string, number>();
  for (const namespace of namespaces) {
    const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
    const answer = await asked(api, path);
    if (answer === undefined) return undefined;
    for (const { metadata, containers } of metricsSchema.parse(answer).items) {
      const amounts = containers.map(({ usage }) => quantityInMiB(usage.memory));
      use.set(`${namespace}/${metadata.name}`, add(amounts));
    }
  }
  return use;
}

async function fromNodes(api: ClusterApi, pods: readonly Pod[]): Promise<MemoryUse> {
  const nodes = [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))];
  const use = new Map<string, number>();
  for (const node of nodes) {
    const answer = await asked(api, `/api/v1/nodes/${node}/proxy/stats/summary`);
    if (answer === undefined) continue;
    for (const { podRef, containers } of summarySchema.parse(answer).pods) {
      const sizes = containers.flatMap(({ memory }) => memory.workingSetBytes ?? []);
      if (sizes.length === 0) continue;
      use.set(`${podRef.namespace}/${podRef.name}`, add(sizes) / BYTES_PER_MEBIBYTE);
    }
  }
  return use;
}

/** Figures are a courtesy: whatever refusal means that there are none. */
async function asked(api: ClusterApi, path: string): Promise<unknown> {
  try {
    return await api.get(path);
  } catch (error) {
    if (error instanceof ApiError && (error.status ?? ABSENT) >= 400) return undefined;
    throw error;
  }
}

const add = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
