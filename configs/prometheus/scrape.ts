import type { Stack } from "../../model/stack";
import { PROBE_JOB, type ScrapeTarget } from "../../model/targets";
import { BLACKBOX_EXPORTER, BLACKBOX_EXPORTER_PORT } from "../../model/workloads/blackbox-exporter";
import { PROMETHEUS } from "../../model/workloads/prometheus";

/** A runaway exposition fails its scrape instead of filling Prometheus' memory. */
const SAMPLE_LIMIT = 5000;
/** How soon a new or gone replica is noticed. */
const REFRESH_INTERVAL = "15s";

/** One scrape job for each target, and one for the probes. */
export function scrapeConfigs({ targets, probes }: Stack): object[] {
  return [...targets.map(scrapeConfig), ...(probes.length > 0 ? [probeConfig(probes)] : [])];
}

/**
 * Services may have replicas that come and go, so they are looked up by name, as is any other
 * workload with replicas; everything else keeps its name as `instance`.
 */
function scrapeConfig(target: ScrapeTarget): object {
  const { job, workload, role, port, path, interval, replicas } = target;
  const labels = [{ target_label: "role", replacement: role }];
  return {
    job_name: job,
    scrape_interval: interval.toString(),
    scrape_timeout: scrapeTimeout(interval.seconds),
    metrics_path: path,
    sample_limit: SAMPLE_LIMIT,
    ...(role === "service"
      ? {
          // An exposition without a Content-Type would fail the scrape in Prometheus 3.
          fallback_scrape_protocol: "PrometheusText0.0.4",
          dns_sd_configs: lookUp(workload, port),
          relabel_configs: [{ target_label: "service", replacement: workload }, ...labels],
        }
      : {
          ...(replicas > 1
            ? { dns_sd_configs: lookUp(workload, port) }
            : {
                static_configs: [
                  { targets: [`${workload === PROMETHEUS ? "localhost" : workload}:${port}`] },
                ],
              }),
          relabel_configs: labels,
        }),
  };
}

/** Every address behind a workload's name: one for each replica that is ready. */
export function lookUp(workload: string, port: number): object[] {
  return [{ names: [workload], type: "A", port, refresh_interval: REFRESH_INTERVAL }];
}

/** Within the interval, at most Prometheus' own default of 10 s. */
function scrapeTimeout(intervalSeconds: number): string {
  return `${Math.min(10, intervalSeconds)}s`;
}

/** Asks each health path through the blackbox exporter, which is told the address as a parameter. */
function probeConfig(probes: Stack["probes"]): object {
  return {
    job_name: PROBE_JOB,
    metrics_path: "/probe",
    sample_limit: SAMPLE_LIMIT,
    params: { module: ["http_2xx"] },
    static_configs: probes.map(({ url, workload }) => ({
      targets: [url],
      labels: { service: workload },
    })),
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      {
        target_label: "__address__",
        replacement: `${BLACKBOX_EXPORTER}:${BLACKBOX_EXPORTER_PORT}`,
      },
    ],
  };
}
