/** A rewriting of labels, as Prometheus' configuration writes it. */
export interface RelabelConfig {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly target_label?: string;
  readonly regex?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** A scrape job, as far as it is the same however its targets are found. */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly scrape_interval: string;
  readonly scrape_timeout: string;
  readonly metrics_path: string;
  readonly sample_limit: number;
  readonly fallback_scrape_protocol?: string;
  /** Looked up by name: targets come and go with their replicas. */
  readonly dns_sd_configs?: readonly object[];
  /** Asked for at the cluster. */
  readonly kubernetes_sd_configs?: readonly object[];
  /** One target of a fixed name. */
  readonly static_configs?: readonly object[];
  readonly relabel_configs: readonly RelabelConfig[];
  readonly metric_relabel_configs?: readonly RelabelConfig[];
}
