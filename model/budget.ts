import type { Size } from "./units/size";
import type { Workload } from "./workload";

/** All memory limits together against the host that carries them, in MiB. */
export interface Budget {
  readonly limitsMiB: number;
  readonly hostMiB: number;
  /** A line for each workload, the largest first: its limit times the most replicas it may have. */
  readonly lines: readonly { readonly name: string; readonly limitMiB: number }[];
}

/** Adds up the memory limits. Pages cached for files count too, so a sum over the host is no plan. */
export function memoryBudget(workloads: readonly Workload[], host: Size): Budget {
  const lines = workloads
    .map(({ name, limits, replicas, autoscale }) => ({
      name,
      limitMiB: limits.memory.mebibytes * (autoscale?.maxReplicas ?? replicas),
    }))
    .sort((a, b) => b.limitMiB - a.limitMiB || a.name.localeCompare(b.name));
  const limitsMiB = lines.reduce((sum, line) => sum + line.limitMiB, 0);
  return { limitsMiB, hostMiB: host.mebibytes, lines };
}
