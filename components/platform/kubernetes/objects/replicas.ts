import type { Workload } from "../../../../model/workload";

/** How many pods of a workload there may be at once, those of a rolling update aside. */
export function mostReplicas({ replicas, autoscale }: Workload): number {
  return Math.max(replicas, autoscale?.maxReplicas ?? 1);
}

/** Whether a rolling update runs a new pod beside the old ones: where there is no data to share. */
export function surges({ volumes, hostDirectories }: Workload): boolean {
  return volumes.length === 0 && hostDirectories.length === 0;
}
