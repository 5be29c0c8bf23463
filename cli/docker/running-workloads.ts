import type Docker from "dockerode";
import { z } from "zod";
import { type StackIdentity, WORKLOAD_LABEL } from "../../components/platform/docker/labels";
import { stackContainers } from "./stack-containers";

const BYTES_PER_MEBIBYTE = 1024 * 1024;

const statsSchema = z.object({
  memory_stats: z.object({
    usage: z.number(),
    limit: z.number(),
    stats: z.object({
      inactive_file: z.number().optional(),
      total_inactive_file: z.number().optional(),
    }),
  }),
});

/** A running container as the engine measures it. */
export interface RunningWorkload {
  readonly workload: string;
  /** healthy, unhealthy, starting, or running where there is no check. */
  readonly state: string;
  /** Memory in use without the page cache. */
  readonly memoryMiB: number;
  readonly limitMiB: number;
}

/** What runs of a stack now, by workload. */
export async function runningWorkloads(
  docker: Docker,
  stack: StackIdentity,
): Promise<RunningWorkload[]> {
  const containers = await stackContainers(docker, stack);
  const running = containers.filter(({ State }) => State === "running");
  const measured = await Promise.all(
    running.map(async ({ Id, Labels, Status }): Promise<RunningWorkload> => {
      const { memory_stats: memory } = statsSchema.parse(
        await docker.getContainer(Id).stats({ stream: false }),
      );
      // What cgroup v2 and v1 call the cache that "docker stats" subtracts too.
      const cache = memory.stats.inactive_file ?? memory.stats.total_inactive_file ?? 0;
      return {
        workload: Labels[WORKLOAD_LABEL] ?? Id,
        state: /\((?:health: )?(\w+)\)/.exec(Status)?.[1] ?? "running",
        memoryMiB: (memory.usage - cache) / BYTES_PER_MEBIBYTE,
        limitMiB: memory.limit / BYTES_PER_MEBIBYTE,
      };
    }),
  );
  return measured.sort((a, b) => a.workload.localeCompare(b.workload));
}
