import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  services: { api: service() },
  prometheus: { remoteWrite: [{ name: "mimir", url: "https://mimir.example.com/api/v1/push" }] },
});
const labels = { job: "prometheus", instance: "localhost:9090" };
const own = (metric: string, more = ""): string =>
  `${metric}{job="prometheus",instance="localhost:9090"${more}}`;
const remote = ',remote_name="mimir",url="https://mimir.example.com/api/v1/push"';
const remoteLabels = {
  ...labels,
  remote_name: "mimir",
  url: "https://mimir.example.com/api/v1/push",
};

const behind = (seconds: number) => ({
  [own("prometheus_remote_storage_highest_timestamp_in_seconds")]: `${10_000 + seconds}+15x120`,
  [own("prometheus_remote_storage_queue_highest_sent_timestamp_seconds", remote)]: "10000+15x120",
});
const failing = (failed: number) => ({
  [own("prometheus_remote_storage_samples_failed_total", remote)]: `0+${failed}x120`,
  [own("prometheus_remote_storage_samples_total", remote)]: `0+${1000 - failed}x120`,
});

/** Prometheus' own alerts on both sides. */
export const prometheusCases: readonly AlertCase[] = [
  {
    alert: "PrometheusBadConfig",
    stack,
    past: { [own("prometheus_config_last_reload_successful")]: "0x60" },
    before: { [own("prometheus_config_last_reload_successful")]: "1x60" },
    notYet: "4m",
    at: "6m",
    labels,
    says: "localhost:9090 goes on with the configuration it had before.",
  },
  {
    alert: "RemoteWriteBehind",
    stack,
    past: behind(121),
    before: behind(120),
    notYet: "14m",
    at: "20m",
    labels: remoteLabels,
    says: "localhost:9090 is 2m 1s behind in sending to mimir.",
  },
  {
    alert: "RemoteWriteFailing",
    stack,
    past: failing(11),
    before: failing(10),
    notYet: "14m",
    at: "25m",
    labels: remoteLabels,
    says: "mimir refuses more than 1% of the samples of localhost:9090, which are lost there.",
  },
];
