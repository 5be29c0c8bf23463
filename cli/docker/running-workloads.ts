import { z } from "zod";
import { WORKLOAD_LABEL } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";
import type { RunningWorkload } from "../platforms/platform-access";
import { type ContainerLister, stackContainers } from "./stack-containers";

const BYTES_PER_MEBIBYTE = 1024 * 1024;

/** All of it is absent for a container that has just stopped. */
const memorySchema = z.object({
  usage: z.number().optional(),
  limit: z.number().optional(),
  stats: z
    .object({ inactive_file: z.number().optional(), total_inactive_file: z.number().optional() })
    .default({}),
});
const statsSchema = z.object({ memory_stats: memorySchema });

/** An engine as far as it lists and measures containers. */
export interface Meter extends ContainerLister {
  getContainer(id: string): { stats(options: { stream: false }): Promise<unknown> };
}

/**
 * What runs of a stack now, by workload; its state is healthy, unhealthy, starting, or running where
 * there is no check.
 */
export async function runningWorkloads(
  docker: Meter,
  stack: StackIdentity,
): Promise<RunningWorkload[]> {
  const containers = await stackContainers(docker, stack);
  const running = containers.filter(({ State }) => State === "running");
  const measured = await Promise.all(
    running.map(async ({ Id, Labels, Status }): Promise<RunningWorkload[]> => {
      const { memory_stats: memory } = statsSchema.parse(
        await docker.getContainer(Id).stats({ stream: false }),
      );
      const { usage, limit, stats } = memory;
      if (usage === undefined || limit === undefined) return [];
      return [
        {
          workload: Labels[WORKLOAD_LABEL] ?? Id,
          state: /\((?:health: )?(\w+)\)/.exec(Status)?.[1] ?? "running",
          memoryMiB: (usage - pageCache(usage, stats)) / BYTES_PER_MEBIBYTE,
          limitMiB: limit / BYTES_PER_MEBIBYTE,
        },
      ];
    }),
  );
  return measured.flat().sort((a, b) => a.workload.localeCompare(b.workload));
}

/**
 * The cache that "docker stats" subtracts too: cgroup v1 has both fields and counts child groups in
 * the first, v2 has the second alone.
 */
function pageCache(usage: number, stats: z.output<typeof memorySchema>["stats"]): number {
  const cache = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return cache < usage ? cache : 0;
}
