import type { ClusterAccess, ClusterRight } from "../cluster-access";
import type { Settings } from "../settings/schema";
import { shardOf } from "../shard-of";
import type { Stack } from "../stack";
import { KUBE_STATE_METRICS } from "./kube-state-metrics";
import { NODE_EXPORTER } from "./node-exporter";

/** What is asked of each node's kubelet, and the scrape jobs for it. */
export const KUBELET_JOBS = {
  /** How full volumes are, among much about the kubelet itself. */
  volumes: "kubelet",
  /** Memory and CPU of each container; the small exposition that autoscalers live on. */
  resources: "kubelet-resource",
  /** How often containers had to wait for CPU. */
  throttling: "kubelet-cadvisor",
} as const;
/** Where a kubelet answers, on every node. */
const KUBELET_PORT = 10_250;

/** Whether Prometheus asks the cluster's kubelets. */
export function watchesKubelets(settings: Settings): boolean {
  const { platform, monitoring, exporters, prometheus } = settings;
  // The cluster's own Prometheus does so already.
  if (prometheus.mode === "operator") return false;
  return platform === "kubernetes" && monitoring.enabled && exporters.kubelet.enabled;
}

/** The shard of Prometheus that asks kubelets: the one that has the cluster's other metrics too. */
export function kubeletShard({ prometheus }: Settings): number {
  return shardOf(KUBE_STATE_METRICS, prometheus.shards);
}

/** Whether the Prometheus of this stack, or of this view of one, asks the kubelets. */
export function asksKubelets({ settings, view }: Pick<Stack, "settings" | "view">): boolean {
  return watchesKubelets(settings) && (view === undefined || view.shard === kubeletShard(settings));
}

/**
 * What that takes: the list of nodes and their metrics, by a right in the whole cluster since nodes
 * are in no namespace. `nodes/metrics` opens the metrics alone; the way through the API server,
 * `nodes/proxy`, would open everything that a kubelet does, commands in containers too. With the list
 * of pods beside node-exporter its targets are known by the names of their nodes.
 * @param asks what of it one Prometheus does.
 */
export function kubeletAccess(
  settings: Settings,
  asks: { readonly kubelets: boolean; readonly nodeExporter: boolean },
): ClusterAccess | undefined {
  if (!watchesKubelets(settings) || !(asks.kubelets || asks.nodeExporter)) return undefined;
  return {
    rights: [
      ...(asks.kubelets ? NODE_RIGHTS : []),
      ...(asks.nodeExporter ? BESIDE_NODE_EXPORTER : []),
    ],
    ...(asks.kubelets && { nodePorts: [KUBELET_PORT] }),
  };
}

const NODE_RIGHTS: readonly ClusterRight[] = [
  { where: "cluster", group: "", resources: ["nodes"], verbs: ["list", "watch"] },
  { where: "cluster", group: "", resources: ["nodes/metrics"], verbs: ["get"] },
];
const BESIDE_NODE_EXPORTER: readonly ClusterRight[] = [
  { where: { beside: NODE_EXPORTER }, group: "", resources: ["pods"], verbs: ["list", "watch"] },
];
