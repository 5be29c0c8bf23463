/**
 * The image of each supported program, the only place a version stands.
 * Tags name releases of the official images; a stack file may override each one.
 * Grafana stays on 12.4: 13.0 to 13.2 idle above the 256Mi limit (grafana/grafana#123017).
 */
export const IMAGES = {
  alertmanager: "prom/alertmanager:v0.33.1",
  blackboxExporter: "prom/blackbox-exporter:v0.28.0",
  dockerStatsCollector: "otel/opentelemetry-collector-contrib:0.149.0",
  grafana: "grafana/grafana:12.4.3",
  kubeStateMetrics: "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.18.0",
  nodeExporter: "prom/node-exporter:v1.11.1",
  postgres: "postgres:18.6",
  postgresExporter: "prometheuscommunity/postgres-exporter:v0.19.1",
  prometheus: "prom/prometheus:v3.5.3",
  redis: "redis:8.0.6",
  redisExporter: "oliver006/redis_exporter:v1.86.0-alpine",
} as const;
