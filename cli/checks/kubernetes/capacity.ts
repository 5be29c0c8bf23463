import { z } from "zod";
import { type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import { withQuery } from "../../kubernetes/api/kinds";
import { type Amounts, type PodDemand, podDemands, sum, sumAmounts } from "../../kubernetes/demand";
import type { StackController } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

const amounts = z.object({ memory: z.string().optional(), cpu: z.string().optional() });
const nodesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z
        .object({
          unschedulable: z.boolean().default(false),
          taints: z.array(z.object({ effect: z.string() })).default([]),
        })
        .prefault({}),
      status: z.object({ allocatable: amounts }),
    }),
  ),
});
const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ namespace: z.string() }),
      spec: z.object({
        nodeName: z.string().optional(),
        containers: z.array(
          z.object({ resources: z.object({ requests: amounts.prefault({}) }).prefault({}) }),
        ),
      }),
    }),
  ),
});

interface Node {
  readonly name: string;
  readonly allocatable: Amounts;
}

/**
 * Is there room on the nodes for what the stack's pods request, beside everybody else's? Who may not
 * see nodes learns it from the scheduler.
 */
export async function checkCapacity(
  api: ClusterApi,
  controllers: readonly StackController[],
  namespaces: readonly string[],
): Promise<Obstacle[]> {
  const nodes = await schedulableNodes(api);
  if (nodes === undefined) return [];
  const demands = podDemands(controllers, nodes.length);
  const taken = await requestsOfOthers(api, nodes, namespaces);
  return [
    ...sumObstacles(demands, nodes, taken),
    ...demands.flatMap((demand) => largestObstacles(demand, nodes)),
  ];
}

/** The nodes that take pods without special permission; undefined when the user may not see them. */
async function schedulableNodes(api: ClusterApi): Promise<Node[] | undefined> {
  const answer = await unless([FORBIDDEN], api.get("/api/v1/nodes"), undefined);
  if (answer === undefined) return undefined;
  return nodesSchema
    .parse(answer)
    .items.filter(
      ({ spec }) =>
        !spec.unschedulable && !spec.taints.some(({ effect }) => effect !== "PreferNoSchedule"),
    )
    .map(({ metadata, status }) => ({
      name: metadata.name,
      allocatable: sumAmounts([status.allocatable]),
    }));
}

async function requestsOfOthers(
  api: ClusterApi,
  nodes: readonly Node[],
  namespaces: readonly string[],
): Promise<Amounts> {
  const running = withQuery("/api/v1/pods", {
    fieldSelector: "status.phase!=Succeeded,status.phase!=Failed",
  });
  const answer = await unless([FORBIDDEN], api.get(running), { items: [] });
  const others = podsSchema
    .parse(answer)
    .items.filter(
      ({ metadata, spec }) =>
        !namespaces.includes(metadata.namespace) &&
        nodes.some(({ name }) => name === spec.nodeName),
    );
  return sumAmounts(
    others.flatMap(({ spec }) => spec.containers.map(({ resources }) => resources.requests)),
  );
}

const COLUMNS = [
  { of: "memoryMiB", what: "memory", unit: " MiB", setting: "limits.memory" },
  { of: "cpuMillis", what: "CPU", unit: "m", setting: "limits.cpu" },
] as const;

function sumObstacles(
  demands: readonly PodDemand[],
  nodes: readonly Node[],
  taken: Amounts,
): Obstacle[] {
  const count = nodes.length === 1 ? "1 node has" : `${nodes.length} nodes have`;
  return COLUMNS.flatMap(({ of, what, unit, setting }) => {
    const wanted = Math.ceil(sum(demands.map(({ requests, pods }) => requests[of] * pods)));
    const allocatable = Math.floor(sum(nodes.map((node) => node.allocatable[of])));
    const used = Math.ceil(taken[of]);
    if (wanted <= allocatable - used) return [];
    return [
      {
        problem: `The stack's pods request ${wanted}${unit} of ${what}, and the cluster's ${count} ${Math.max(0, allocatable - used)}${unit} left (${allocatable} allocatable, ${used} requested by other pods).`,
        remedy: `Lower ${setting} or replicas, or add a node.`,
      },
    ];
  });
}

function largestObstacles({ workload, requests }: PodDemand, nodes: readonly Node[]): Obstacle[] {
  return COLUMNS.flatMap(({ of, what, unit, setting }) => {
    const most = Math.floor(Math.max(0, ...nodes.map((node) => node.allocatable[of])));
    if (requests[of] <= most || nodes.length === 0) return [];
    return [
      {
        problem: `A pod of ${workload} requests ${Math.ceil(requests[of])}${unit} of ${what}, and the largest node has ${most}${unit}.`,
        remedy: `Lower the ${setting} of ${workload}, or add a larger node.`,
      },
    ];
  });
}
