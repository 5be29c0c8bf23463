import { OUTSIDE_PROBE_JOB, type OutsideProbe } from "../../model/outside-probes";
import { findWorkload, type Stack } from "../../model/stack";
import { tierNamespace, tierOf } from "../../model/tiers";
import { PROBE_JOB, type ScrapeTarget } from "../../model/targets";
import { BLACKBOX_EXPORTER, BLACKBOX_EXPORTER_PORT } from "../../model/workloads/blackbox-exporter";
import { DOCKER_STATS_COLLECTOR } from "../../model/workloads/docker-stats-collector";
import { KUBE_STATE_METRICS } from "../../model/workloads/kube-state-metrics";
import { asksKubelets, watchesKubelets } from "../../model/workloads/kubelet";
import { Duration } from "../../model/units/duration";
import { PROBE_MODULE } from "../blackbox-exporter/mounts";
import { outsideModule } from "../blackbox-exporter/outside-modules";
import { PROMETHEUS } from "../../model/workloads/prometheus";
import { kubeletConfigs } from "./kubelet";
import { SAMPLE_LIMIT, scrapeTimeout } from "./scrape-limits";
import type { RelabelConfig, ScrapeConfig } from "./scrape-config";
import { ofThisStack, workloadOfPod, workloadOfObject } from "./workload-label";

/** How soon a new or gone replica is noticed. */
const REFRESH_INTERVAL = "15s";

/** One scrape job for each target, one for the probes of services, and one for those outside. */
export function scrapeConfigs(stack: Stack): object[] {
  const { targets, probes, outsideProbes } = stack;
  return [
    ...targets.map((target) => scrapeConfig(target, stack)),
    ...(asksKubelets(stack) ? kubeletConfigs(stack) : []),
    ...(probes.length > 0 ? [probeConfig(probes)] : []),
    ...(outsideProbes.length > 0 ? [outsideProbeConfig(outsideProbes)] : []),
  ];
}

/**
 * Services may have replicas that come and go, so they are looked up by name, as is any other
 * workload with replicas; everything else keeps its name as `instance`.
 */
export function scrapeConfig(target: ScrapeTarget, stack: Stack): ScrapeConfig {
  const { job, workload, role, port, path, interval } = target;
  const labels = [{ target_label: "role", replacement: role }];
  return {
    job_name: job,
    scrape_interval: interval.toString(),
    scrape_timeout: scrapeTimeout(interval),
    metrics_path: path,
    sample_limit: SAMPLE_LIMIT,
    ...(role === "service"
      ? {
          // An exposition without a Content-Type would fail the scrape in Prometheus 3.
          fallback_scrape_protocol: "PrometheusText0.0.4",
          dns_sd_configs: lookUp(findWorkload(stack, workload)?.everyReplicaName ?? workload, port),
          relabel_configs: [{ target_label: "service", replacement: workload }, ...labels],
        }
      : {
          ...whereToFind(target, stack),
          relabel_configs: [...labels, ...(namesNodes(target, stack) ? [nodeAsInstance] : [])],
        }),
    ...(workload === KUBE_STATE_METRICS && {
      metric_relabel_configs: [...workloadOfPod(stack), ...workloadOfObject],
    }),
    ...(workload === DOCKER_STATS_COLLECTOR && { metric_relabel_configs: ofThisStack(stack) }),
  };
}

function whereToFind(target: ScrapeTarget, stack: Stack): Discovery {
  const { workload, port, replicas } = target;
  if (namesNodes(target, stack)) return { kubernetes_sd_configs: [podsOf(workload, stack)] };
  if (replicas > 1 || isOnEveryNode(target, stack)) {
    return { dns_sd_configs: lookUp(workload, port) };
  }
  return {
    static_configs: [{ targets: [`${workload === PROMETHEUS ? "localhost" : workload}:${port}`] }],
  };
}

type Discovery = Pick<ScrapeConfig, "dns_sd_configs" | "kubernetes_sd_configs" | "static_configs">;

/** In a cluster what reads the node itself runs on each of them, and every one is a target. */
export function isOnEveryNode({ workload }: ScrapeTarget, stack: Stack): boolean {
  const { hostDirectories = [] } = findWorkload(stack, workload) ?? {};
  return stack.settings.platform === "kubernetes" && hostDirectories.length > 0;
}

/** Whether Prometheus may ask which node such a target is on, in place of a bare address. */
const namesNodes = (target: ScrapeTarget, stack: Stack): boolean =>
  isOnEveryNode(target, stack) && watchesKubelets(stack.settings);

function podsOf(name: string, stack: Stack): object {
  const workload = findWorkload(stack, name);
  return {
    role: "pod",
    namespaces: { names: workload ? [tierNamespace(stack, tierOf(workload))] : [] },
    selectors: [{ role: "pod", label: `app.kubernetes.io/name=${name}` }],
  };
}

const nodeAsInstance = {
  source_labels: ["__meta_kubernetes_pod_node_name"],
  target_label: "instance",
};

/** Every address behind a name: one for each replica. */
export function lookUp(name: string, port: number): object[] {
  return [{ names: [name], type: "A", port, refresh_interval: REFRESH_INTERVAL }];
}

/** Asks each health path through the blackbox exporter, which is told the address as a parameter. */
function probeConfig(probes: Stack["probes"]): object {
  return {
    job_name: PROBE_JOB,
    metrics_path: "/probe",
    sample_limit: SAMPLE_LIMIT,
    params: { module: [PROBE_MODULE] },
    static_configs: probes.map(({ url, workload }) => ({
      targets: [url],
      labels: { service: workload },
    })),
    relabel_configs: throughProber,
  };
}

/** The same for what is outside the stack: each with what it expects, at its own pace. */
function outsideProbeConfig(probes: Stack["outsideProbes"]): object {
  return {
    job_name: OUTSIDE_PROBE_JOB,
    metrics_path: "/probe",
    sample_limit: SAMPLE_LIMIT,
    static_configs: probes.map((probe) => ({
      targets: [probe.url],
      labels: {
        probe: probe.name,
        __param_module: outsideModule(probe),
        __scrape_interval__: probe.every.toString(),
        __scrape_timeout__: outsideScrapeTimeout(probe).toString(),
      },
    })),
    relabel_configs: throughProber,
  };
}

/** The exporter answers half a second before the scrape's end at the latest. */
export function outsideScrapeTimeout({ timeout }: Pick<OutsideProbe, "timeout">): Duration {
  return Duration.seconds(timeout.seconds + 1);
}

const throughProber: readonly RelabelConfig[] = [
  { source_labels: ["__address__"], target_label: "__param_target" },
  { source_labels: ["__param_target"], target_label: "instance" },
  { target_label: "__address__", replacement: `${BLACKBOX_EXPORTER}:${BLACKBOX_EXPORTER_PORT}` },
];
