import type { StackIdentity } from "../../model/stack-identity";
import type { RunningWorkload } from "../platforms/platform-access";
import type { ClusterApi } from "./api/cluster-api";
import { quantityInMiB } from "../../model/units/quantity";
import { memoryUse } from "./memory-use";
import { isTrue, type Pod, stackPods, workloadOfPod } from "./pods";

/** A line for each pod of a stack, by workload. */
export async function runningPods(
  api: ClusterApi,
  stack: StackIdentity,
  namespaces: readonly string[],
): Promise<RunningWorkload[]> {
  const pods = (await stackPods(api, stack, namespaces)).filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const use = await memoryUse(api, pods);
  return pods
    .map((pod): RunningWorkload => {
      const { namespace, name } = pod.metadata;
      return {
        workload: workloadOfPod(pod),
        state: stateOf(pod),
        memoryMiB: use.get(`${namespace}/${name}`),
        limitMiB: limitOf(pod),
      };
    })
    .sort((a, b) => a.workload.localeCompare(b.workload));
}

function stateOf(pod: Pod): string {
  if (isTrue(pod, "Ready")) return "ready";
  const reasons = pod.status.containerStatuses.flatMap(({ state }) => state.waiting?.reason ?? []);
  return reasons[0] ?? (pod.status.phase === "Running" ? "not ready" : pod.status.phase);
}

function limitOf({ spec }: Pod): number | undefined {
  let total = 0;
  for (const { resources } of spec.containers) {
    if (resources.limits.memory === undefined) return undefined;
    total += quantityInMiB(resources.limits.memory);
  }
  return total;
}
