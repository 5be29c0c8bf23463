import { wholeStack } from "../../model/shard-view";
import type { Stack } from "../../model/stack";
import { tierNamespace, tiersOf } from "../../model/tiers";
import { Duration } from "../../model/units/duration";
import { KUBELET_JOBS } from "../../model/workloads/kubelet";
import { SAMPLE_LIMIT, scrapeTimeout } from "./scrape-limits";
import { workloadOfPod } from "./workload-label";

/** Where the kubelet puts the token of a pod that has one, and the cluster's authority. */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What is kept of each exposition: a kubelet tells of all pods of its node, ours or not. */
const EXPOSITIONS: readonly {
  readonly job: string;
  readonly path: string;
  readonly keep: readonly string[];
  /** Labels that only repeat others. */
  readonly drop?: readonly string[];
}[] = [
  {
    job: KUBELET_JOBS.volumes,
    path: "/metrics",
    keep: [
      "kubelet_volume_stats_available_bytes",
      "kubelet_volume_stats_capacity_bytes",
      "kubelet_volume_stats_inodes",
      "kubelet_volume_stats_inodes_used",
      "kubelet_volume_stats_used_bytes",
    ],
  },
  {
    job: KUBELET_JOBS.resources,
    path: "/metrics/resource",
    keep: ["container_cpu_usage_seconds_total", "container_memory_working_set_bytes"],
  },
  {
    job: KUBELET_JOBS.throttling,
    path: "/metrics/cadvisor",
    keep: ["container_cpu_cfs_periods_total", "container_cpu_cfs_throttled_periods_total"],
    drop: ["image", "name"],
  },
];

/** Kubelets measure every 10 to 20 s, and their expositions are long. */
const LEAST_INTERVAL = Duration.seconds(30);
const longer = (a: Duration, b: Duration): Duration => (a.seconds > b.seconds ? a : b);

/** A job for each exposition of the kubelets, on every node of the cluster. */
export function kubeletConfigs(stack: Stack): object[] {
  const interval = longer(stack.settings.prometheus.scrapeInterval, LEAST_INTERVAL);
  const { verifyCertificate } = stack.settings.exporters.kubelet;
  const namespaces = tiersOf(wholeStack(stack).workloads).map((tier) => tierNamespace(stack, tier));
  return EXPOSITIONS.map(({ job, path, keep, drop = [] }) => ({
    job_name: job,
    scrape_interval: interval.toString(),
    scrape_timeout: scrapeTimeout(interval),
    scheme: "https",
    metrics_path: path,
    sample_limit: SAMPLE_LIMIT,
    // Their samples bear the time of measurement; without this a gone container would linger.
    track_timestamps_staleness: true,
    authorization: { credentials_file: `${ACCOUNT}/token` },
    tls_config: { ca_file: `${ACCOUNT}/ca.crt`, insecure_skip_verify: !verifyCertificate },
    kubernetes_sd_configs: [{ role: "node" }],
    relabel_configs: [{ target_label: "role", replacement: "exporter" }],
    metric_relabel_configs: [
      { source_labels: ["__name__"], regex: keep.join("|"), action: "keep" },
      { source_labels: ["namespace"], regex: namespaces.join("|"), action: "keep" },
      ...workloadOfPod(stack),
      ...(drop.length > 0 ? [{ regex: drop.join("|"), action: "labeldrop" }] : []),
    ],
  }));
}
