import type { Workload } from "../../../../model/workload";
import type { KubernetesObject } from "../kubernetes-object";
import { namespaceName, stackLabels, type Tier, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { mostReplicas, surges } from "./replicas";

const NAME = "budget";
/** At least so much more than what always runs: a quota that is nearly used up is an alert. */
const SPARE_SHARE = 0.2;

/**
 * What a tier may take: its declared limits, and room for one more pod of each workload that
 * surges, since an update rolls all of them at once; at least room for its largest, for a repair by
 * hand, and a fifth of the whole. A tier whose pods are as many as the cluster has nodes has no such sum, and no quota.
 */
export function resourceQuotas(tier: Tier, context: ClusterContext): KubernetesObject[] {
  const members = context.workloads.filter((workload) => tierOf(workload) === tier);
  if (members.some(({ hostDirectories }) => hostDirectories.length > 0)) return [];
  const total = (of: (workload: Workload) => number): number => {
    const steady = sum(members.map((workload) => of(workload) * mostReplicas(workload)));
    const surge = sum(members.filter(surges).map(of));
    const spare = Math.ceil(steady * SPARE_SHARE);
    return steady + Math.max(surge, spare, ...members.map(of));
  };
  const memory = total(({ limits }) => limits.memory.mebibytes);
  const cpu = total(({ limits }) => limits.cpu.millis);
  return [
    {
      kind: "ResourceQuota",
      apiVersion: "v1",
      metadata: metadata(tier, context),
      spec: {
        hard: {
          "limits.memory": `${memory}Mi`,
          "requests.memory": `${memory}Mi`,
          "limits.cpu": `${cpu}m`,
          pods: String(total(() => 1)),
        },
      },
    },
  ];
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

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

function metadata(tier: Tier, { stack }: ClusterContext) {
  return { name: NAME, namespace: namespaceName(stack, tier), labels: stackLabels(stack) };
}
