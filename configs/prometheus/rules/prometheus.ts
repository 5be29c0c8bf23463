import type { RuleGroup } from "../rule-group";

/** Prometheus watching itself, and a heartbeat that shows the whole way works. */
export function prometheusRules(): RuleGroup {
  return {
    name: "prometheus",
    rules: [
      {
        alert: "Watchdog",
        expr: "vector(1)",
        labels: { severity: "none" },
        annotations: {
          summary: "This alert always fires.",
          description: "Its absence at a receiver means that alerts do not arrive.",
        },
      },
      {
        alert: "PrometheusBadConfig",
        expr: "prometheus_config_last_reload_successful == 0",
        for: "5m",
        labels: { severity: "critical" },
        annotations: {
          summary: "Prometheus could not load its configuration.",
          description: "{{ $labels.instance }} goes on with the configuration it had before.",
        },
      },
    ],
  };
}
