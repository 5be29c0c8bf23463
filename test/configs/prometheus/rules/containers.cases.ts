import type { AlertCase, Samples } from "../../../support/alert-cases";
import { clusterStack } from "../../../support/cluster";
import { service, stackFrom } from "../../../support/stack-settings";

const limits = { memory: "1000Mi", cpu: 1 };
const values = { services: { api: service({ limits }) }, redis: { limits } };
const docker = stackFrom(values);
const engine = stackFrom({
  ...values,
  exporters: { containers: { enabled: true, socketGroup: 999 } },
});
const cluster = clusterStack(values);
const MEBIBYTE = 1024 * 1024;
const labels = { workload: "api" };
const pod = `namespace="whalewatch-test-services",pod="api-5c79b6f599-lm5dh",container="api",workload="api"`;

const near = {
  alert: "ContainerMemoryNearLimit",
  notYet: "4m",
  at: "6m",
  labels,
  says: "api uses 90.1% of its memory (limit 90%); at 100% it is killed.",
} as const;
/** 901 and 900 MiB of 1000. */
const bothSides = (series: string): { past: Samples; before: Samples } => ({
  past: { [series]: `${901 * MEBIBYTE}x60` },
  before: { [series]: `${900 * MEBIBYTE}x60` },
});
/** Labels of a series as the collector gives them. */
const container = 'container_name="whalewatch.test.api",workload="api"';
const throttled = (periods: number): Samples => ({
  [`container_cpu_cfs_throttled_periods_total{${pod}}`]: `0+${periods}x120`,
  [`container_cpu_cfs_periods_total{${pod}}`]: "0+100x120",
});

const throttledByEngine = (periods: number): Samples => ({
  [`container_cpu_throttling_data_throttled_periods_total{${container}}`]: `0+${periods}x120`,
  [`container_cpu_throttling_data_periods_total{${container}}`]: "0+100x120",
});
const throttling = {
  alert: "ContainerCpuThrottled",
  notYet: "14m",
  at: "20m",
  labels,
  says: "api had to wait for CPU in 26% of all periods (limit 25%).",
} as const;

/** The containers' alerts on both sides of their thresholds, on both platforms. */
export const containerCases: readonly AlertCase[] = [
  {
    ...near,
    title: "by the process",
    stack: docker,
    ...bothSides('process_resident_memory_bytes{job="api",instance="10.0.0.2:8000",service="api"}'),
  },
  {
    ...near,
    title: "by Redis itself",
    stack: docker,
    ...bothSides("redis_memory_used_rss_bytes"),
    labels: { workload: "redis" },
    says: near.says.replace("api", "redis"),
  },
  {
    ...near,
    title: "by the kubelet",
    stack: cluster,
    ...bothSides(`container_memory_working_set_bytes{${pod}}`),
  },
  {
    ...near,
    title: "by the Docker engine",
    stack: engine,
    ...bothSides(`container_memory_usage_total_bytes{${container}}`),
  },
  {
    ...throttling,
    title: "by the kubelet",
    stack: cluster,
    past: throttled(26),
    before: throttled(25),
  },
  {
    ...throttling,
    title: "by the Docker engine",
    stack: engine,
    past: throttledByEngine(26),
    before: throttledByEngine(25),
  },
];
