import { Duration } from "../../../../model/units/duration";
import type { Workload } from "../../../../model/workload";

/** How many pods of a workload there may be at once, those of a rolling update aside. */
export function mostReplicas({ replicas, autoscale }: Workload): number {
  return Math.max(replicas, autoscale?.maxReplicas ?? 1);
}

/** How long an update waits for pods at least. */
const READY_WITHIN = Duration.parse("5m");
/** For a node to pull the image and for the pod to be placed. */
const BEFORE_START = Duration.parse("1m");

/** How long an update waits for all pods: they are replaced one after the other. */
export function readyWithin(workload: Workload): Duration {
  if (workload.startWithin === undefined) return READY_WITHIN;
  const each = workload.startWithin.seconds + BEFORE_START.seconds;
  return Duration.seconds(Math.max(READY_WITHIN.seconds, each * mostReplicas(workload)));
}

/** Whether a rolling update runs a new pod beside the old ones: where there is no data to share. */
export function surges({ volumes, hostDirectories }: Workload): boolean {
  return volumes.length === 0 && hostDirectories.length === 0;
}
