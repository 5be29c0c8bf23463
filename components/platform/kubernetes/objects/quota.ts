import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, stackLabels, type Tier, tierOf } from "../naming";
import type { ClusterContext } from "./context";

const NAME = "budget";

/**
 * What a tier may take: its declared limits, and once more its largest workload, since a rolling
 * update runs a new pod beside the old ones.
 */
export function resourceQuota(tier: Tier, context: ClusterContext): KubernetesObject {
  const members = inTier(tier, context);
  const total = (of: (workload: Workload) => number): number =>
    members.reduce((sum, workload) => sum + of(workload) * most(workload), 0) +
    Math.max(0, ...members.map(of));
  const memory = total(({ limits }) => limits.memory.mebibytes);
  const cpu = total(({ limits }) => limits.cpu.millis);
  return {
    kind: "ResourceQuota",
    apiVersion: "v1",
    metadata: metadata(tier, context),
    spec: {
      hard: {
        "limits.memory": `${memory}Mi`,
        "requests.memory": `${memory}Mi`,
        "limits.cpu": `${cpu}m`,
        pods: String(members.reduce((sum, workload) => sum + most(workload), 1)),
      },
    },
  };
}

/** What a container gets that somebody else starts in the tier without saying its limits. */
export function limitRange(tier: Tier, context: ClusterContext): KubernetesObject {
  return {
    kind: "LimitRange",
    apiVersion: "v1",
    metadata: metadata(tier, context),
    spec: {
      limits: [
        {
          type: "Container",
          default: { memory: "64Mi", cpu: "100m" },
          defaultRequest: { memory: "64Mi", cpu: "10m" },
        },
      ],
    },
  };
}

/** How many pods of a workload there may be at once, without a rolling update. */
function most({ replicas, autoscale }: Workload): number {
  return autoscale?.maxReplicas ?? replicas;
}

function inTier(tier: Tier, { workloads }: ClusterContext): readonly Workload[] {
  return workloads.filter((workload) => tierOf(workload) === tier);
}

function metadata(tier: Tier, { stack }: ClusterContext) {
  return { name: NAME, namespace: namespaceName(stack, tier), labels: stackLabels(stack) };
}
