/** The names that one kind of target exposes, by type. */
export interface KnownMetrics {
  readonly counters?: readonly string[];
  readonly gauges?: readonly string[];
  /** By base name: Prometheus adds _bucket, _sum and _count. */
  readonly histograms?: readonly string[];
  /** By base name: Prometheus adds _sum and _count. */
  readonly summaries?: readonly string[];
}

const names = (text: string): string[] => text.trim().split(/\s+/);

/**
 * What each target really exposes: the `# TYPE` lines of the images that the stack runs, without
 * the Go runtime's own metrics and those of no use for watching. Those that appear only with rules
 * and receivers are named after Prometheus' own mixin.
 */
export const KNOWN_METRICS = {
  /** Made by Prometheus itself, for every target and rule. */
  builtIn: {
    gauges: names(`
      ALERTS ALERTS_FOR_STATE scrape_duration_seconds scrape_samples_post_metric_relabeling
      scrape_samples_scraped scrape_series_added up
    `),
  },
  /** Client libraries, about the process they are part of. */
  process: {
    counters: names(`process_cpu_seconds_total`),
    gauges: names(`
      process_max_fds process_open_fds process_resident_memory_bytes process_start_time_seconds
      process_virtual_memory_bytes
    `),
  },
  /** services/model-api; `test/dashboards/known-metrics.test.ts` compares this with its source. */
  modelApi: {
    counters: names(`errors_total http_requests_total predictions_total`),
    gauges: names(`
      active_connections database_connections redis_connections whales_api_cpu_percent
      whales_api_last_scrape_timestamp whales_api_memory_available_bytes
      whales_api_memory_percent whales_api_memory_used_bytes whales_api_model_loaded
    `),
    histograms: names(`http_request_duration_seconds prediction_duration_seconds`),
  },
  /** prometheus-fastapi-instrumentator 7.1.0: what it exposes beside `http_requests_total`. */
  fastapiInstrumentator: {
    histograms: names(`http_request_duration_highr_seconds`),
    summaries: names(`http_request_size_bytes http_response_size_bytes`),
  },
  /** prom/node-exporter v1.11.1 with the command line of this stack. */
  nodeExporter: {
    counters: names(`
      node_context_switches_total node_cpu_guest_seconds_total node_cpu_seconds_total
      node_disk_flush_requests_time_seconds_total node_disk_flush_requests_total
      node_disk_io_time_seconds_total node_disk_io_time_weighted_seconds_total
      node_disk_read_bytes_total node_disk_read_time_seconds_total
      node_disk_reads_completed_total node_disk_reads_merged_total
      node_disk_write_time_seconds_total node_disk_writes_completed_total
      node_disk_writes_merged_total node_disk_written_bytes_total node_forks_total
      node_intr_total node_kernel_hung_tasks_total node_pressure_cpu_waiting_seconds_total
      node_pressure_io_stalled_seconds_total node_pressure_io_waiting_seconds_total
      node_pressure_memory_stalled_seconds_total node_pressure_memory_waiting_seconds_total
      node_vmstat_oom_kill node_vmstat_pgfault node_vmstat_pgmajfault node_vmstat_pswpin
      node_vmstat_pswpout
    `),
    gauges: names(`
      node_boot_time_seconds node_disk_info node_disk_io_now node_exporter_build_info
      node_filefd_allocated node_filefd_maximum node_filesystem_avail_bytes
      node_filesystem_device_error node_filesystem_files node_filesystem_files_free
      node_filesystem_free_bytes node_filesystem_readonly node_filesystem_size_bytes
      node_load1 node_load15 node_load5 node_memory_Buffers_bytes node_memory_Cached_bytes
      node_memory_Dirty_bytes node_memory_MemAvailable_bytes node_memory_MemFree_bytes
      node_memory_MemTotal_bytes node_memory_SReclaimable_bytes node_memory_Shmem_bytes
      node_memory_Slab_bytes node_memory_SwapFree_bytes node_memory_SwapTotal_bytes
      node_nf_conntrack_entries node_nf_conntrack_entries_limit node_procs_blocked
      node_procs_running node_scrape_collector_duration_seconds
      node_scrape_collector_success node_textfile_scrape_error node_time_seconds
      node_timex_estimated_error_seconds node_timex_maxerror_seconds
      node_timex_offset_seconds node_timex_status node_timex_sync_status node_uname_info
    `),
  },
  /** otel/opentelemetry-collector-contrib 0.149.0, its Docker receiver configured by this stack. */
  dockerStatsCollector: {
    counters: names(`
      container_cpu_throttling_data_periods_total
      container_cpu_throttling_data_throttled_periods_total container_cpu_usage_nanoseconds_total
      container_network_io_usage_rx_bytes_total container_network_io_usage_tx_bytes_total
      container_restarts_total
    `),
    gauges: names(`container_memory_usage_total_bytes`),
  },
  /** prometheuscommunity/postgres-exporter v0.19.1 on PostgreSQL 18.6. */
  postgresExporter: {
    counters: names(`
      pg_exporter_scrapes_total pg_stat_archiver_archived_count
      pg_stat_archiver_failed_count pg_stat_bgwriter_buffers_alloc_total
      pg_stat_bgwriter_buffers_clean_total pg_stat_bgwriter_maxwritten_clean_total
      pg_stat_bgwriter_stats_reset_total pg_stat_database_active_time_seconds_total
      pg_stat_database_blk_read_time pg_stat_database_blk_write_time
      pg_stat_database_blks_hit pg_stat_database_blks_read pg_stat_database_conflicts
      pg_stat_database_deadlocks pg_stat_database_stats_reset pg_stat_database_temp_bytes
      pg_stat_database_temp_files pg_stat_database_tup_deleted pg_stat_database_tup_fetched
      pg_stat_database_tup_inserted pg_stat_database_tup_returned
      pg_stat_database_tup_updated pg_stat_database_xact_commit
      pg_stat_database_xact_rollback pg_stat_user_tables_analyze_count
      pg_stat_user_tables_autoanalyze_count pg_stat_user_tables_autovacuum_count
      pg_stat_user_tables_idx_scan pg_stat_user_tables_n_tup_del
      pg_stat_user_tables_n_tup_hot_upd pg_stat_user_tables_n_tup_ins
      pg_stat_user_tables_n_tup_upd pg_stat_user_tables_seq_scan
      pg_stat_user_tables_vacuum_count
    `),
    gauges: names(`
      pg_backup_last_size_bytes pg_backup_last_success_timestamp_seconds
      pg_database_size_bytes pg_database_wraparound_age_datfrozenxid_seconds
      pg_exporter_last_scrape_duration_seconds
      pg_exporter_last_scrape_error pg_locks_count pg_replication_is_replica
      pg_replication_lag_seconds pg_replication_last_replay_seconds
      pg_replication_slot_slot_is_active
      pg_scrape_collector_duration_seconds pg_scrape_collector_success
      pg_settings_autovacuum_freeze_max_age pg_settings_max_connections
      pg_settings_max_wal_size_bytes pg_settings_reserved_connections
      pg_settings_shared_buffers_bytes
      pg_settings_superuser_reserved_connections pg_stat_activity_count
      pg_stat_activity_max_tx_duration pg_stat_archiver_last_archive_age
      pg_stat_database_numbackends pg_stat_user_tables_index_size_bytes
      pg_stat_user_tables_last_analyze pg_stat_user_tables_last_autoanalyze
      pg_stat_user_tables_last_autovacuum pg_stat_user_tables_last_vacuum
      pg_stat_user_tables_n_dead_tup pg_stat_user_tables_n_live_tup
      pg_stat_user_tables_n_mod_since_analyze pg_stat_user_tables_table_size_bytes pg_up
      pg_wal_segments pg_wal_size_bytes postgres_exporter_build_info
      postgres_exporter_config_last_reload_success_timestamp_seconds
      postgres_exporter_config_last_reload_successful
    `),
  },
  /** oliver006/redis_exporter v1.86.0 on Redis 8.0.6. */
  redisExporter: {
    counters: names(`
      redis_commands_duration_seconds_total redis_commands_failed_calls_total
      redis_commands_processed_total redis_commands_rejected_calls_total
      redis_commands_total redis_connections_received_total redis_cpu_sys_seconds_total
      redis_cpu_user_seconds_total redis_evicted_clients_total redis_evicted_keys_total
      redis_eviction_exceeded_time_ms_total redis_expired_keys_total
      redis_expired_subkeys_total redis_expired_time_cap_reached_total
      redis_exporter_scrapes_total redis_keyspace_hits_total redis_keyspace_misses_total
      redis_net_input_bytes_total redis_net_output_bytes_total
      redis_net_repl_input_bytes_total redis_net_repl_output_bytes_total
      redis_rejected_connections_total redis_target_scrape_request_errors_total
      redis_unexpected_error_replies
    `),
    gauges: names(`
      redis_aof_enabled redis_aof_last_bgrewrite_status redis_aof_last_rewrite_duration_sec
      redis_aof_last_write_status redis_aof_rewrite_in_progress redis_blocked_clients
      redis_config_maxclients redis_config_maxmemory redis_connected_clients
      redis_connected_slaves redis_db_keys redis_db_keys_expiring
      redis_expired_stale_percentage redis_exporter_build_info
      redis_exporter_last_scrape_connect_time_seconds
      redis_exporter_last_scrape_duration_seconds redis_exporter_last_scrape_error
      redis_instance_info redis_last_slow_execution_duration_seconds
      redis_latest_fork_seconds redis_loading_dump_file redis_master_repl_offset
      redis_max_clients redis_mem_fragmentation_ratio redis_memory_max_bytes
      redis_memory_used_bytes redis_memory_used_dataset_bytes
      redis_memory_used_overhead_bytes redis_memory_used_peak_bytes
      redis_memory_used_rss_bytes redis_memory_used_startup_bytes
      redis_rdb_bgsave_in_progress redis_rdb_changes_since_last_save
      redis_rdb_last_bgsave_duration_sec redis_rdb_last_bgsave_status
      redis_rdb_last_save_timestamp_seconds redis_rdb_saves_total
      redis_replication_backlog_bytes redis_slowlog_last_id redis_slowlog_length
      redis_start_time_seconds redis_up redis_uptime_in_seconds
    `),
    histograms: names(`
      redis_commands_latencies_usec
    `),
    summaries: names(`
      redis_exporter_scrape_duration_seconds redis_latency_percentiles_usec
    `),
  },
  /** A http_2xx probe of prom/blackbox-exporter v0.28.0. */
  probe: {
    gauges: names(`
      probe_dns_lookup_time_seconds probe_duration_seconds probe_failed_due_to_regex
      probe_http_content_length probe_http_duration_seconds probe_http_redirects
      probe_http_ssl probe_http_status_code probe_http_uncompressed_body_length
      probe_http_version probe_ip_addr_hash probe_ip_protocol probe_success
    `),
  },
  /** The same of a server that answers over TLS. */
  tlsProbe: {
    gauges: names(`
      probe_ssl_earliest_cert_expiry probe_ssl_last_chain_expiry_timestamp_seconds
      probe_ssl_last_chain_info probe_tls_cipher_info probe_tls_version_info
    `),
  },
  /** prom/blackbox-exporter v0.28.0 itself. */
  blackboxExporter: {
    counters: names(`
      blackbox_module_unknown_total
    `),
    gauges: names(`
      blackbox_exporter_build_info
      blackbox_exporter_config_last_reload_success_timestamp_seconds
      blackbox_exporter_config_last_reload_successful
    `),
  },
  /** prom/prometheus v3.5.3. */
  prometheus: {
    counters: names(`
      prometheus_engine_query_samples_total prometheus_http_requests_total
      prometheus_remote_storage_samples_failed_total prometheus_remote_storage_samples_total
      prometheus_notifications_dropped_total prometheus_notifications_errors_total
      prometheus_notifications_sent_total prometheus_rule_evaluation_failures_total
      prometheus_rule_evaluations_total prometheus_rule_group_iterations_missed_total
      prometheus_rule_group_iterations_total
      prometheus_target_scrape_pool_exceeded_label_limits_total
      prometheus_target_scrape_pool_exceeded_target_limit_total
      prometheus_target_scrapes_exceeded_body_size_limit_total
      prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total
      prometheus_target_scrapes_exceeded_sample_limit_total
      prometheus_target_scrapes_sample_duplicate_timestamp_total
      prometheus_target_scrapes_sample_out_of_bounds_total
      prometheus_target_scrapes_sample_out_of_order_total
      prometheus_target_sync_failed_total prometheus_tsdb_checkpoint_deletions_failed_total
      prometheus_tsdb_checkpoint_deletions_total prometheus_tsdb_compactions_failed_total
      prometheus_tsdb_compactions_skipped_total prometheus_tsdb_compactions_total
      prometheus_tsdb_compactions_triggered_total
      prometheus_tsdb_head_out_of_order_samples_appended_total
      prometheus_tsdb_head_samples_appended_total prometheus_tsdb_head_series_created_total
      prometheus_tsdb_head_series_not_found_total prometheus_tsdb_head_series_removed_total
      prometheus_tsdb_mmap_chunk_corruptions_total
      prometheus_tsdb_out_of_bound_samples_total prometheus_tsdb_out_of_order_samples_total
      prometheus_tsdb_reloads_failures_total prometheus_tsdb_reloads_total
      prometheus_tsdb_size_retentions_total prometheus_tsdb_time_retentions_total
      prometheus_tsdb_wal_corruptions_total prometheus_tsdb_wal_truncations_failed_total
      prometheus_tsdb_wal_truncations_total prometheus_tsdb_wal_writes_failed_total
    `),
    gauges: names(`
      prometheus_remote_storage_highest_timestamp_in_seconds
      prometheus_remote_storage_queue_highest_sent_timestamp_seconds
      prometheus_remote_storage_samples_pending prometheus_remote_storage_shards
      prometheus_remote_storage_shards_max
      prometheus_build_info prometheus_config_last_reload_success_timestamp_seconds
      prometheus_config_last_reload_successful prometheus_engine_queries
      prometheus_engine_queries_concurrent_max
      prometheus_notifications_alertmanagers_discovered
      prometheus_notifications_queue_capacity prometheus_notifications_queue_length
      prometheus_ready prometheus_target_scrape_pool_targets prometheus_tsdb_blocks_loaded
      prometheus_tsdb_head_chunks prometheus_tsdb_head_chunks_storage_size_bytes
      prometheus_tsdb_head_series prometheus_tsdb_retention_limit_bytes
      prometheus_tsdb_retention_limit_seconds prometheus_tsdb_storage_blocks_bytes
      prometheus_tsdb_wal_segment_current prometheus_tsdb_wal_storage_size_bytes
    `),
    histograms: names(`
      prometheus_http_request_duration_seconds prometheus_http_response_size_bytes
      prometheus_tsdb_compaction_duration_seconds
    `),
    summaries: names(`
      prometheus_engine_query_duration_seconds prometheus_rule_evaluation_duration_seconds
      prometheus_rule_group_duration_seconds prometheus_target_interval_length_seconds
      prometheus_target_sync_length_seconds prometheus_tsdb_head_gc_duration_seconds
      prometheus_tsdb_wal_fsync_duration_seconds
      prometheus_tsdb_wal_truncate_duration_seconds
    `),
  },
  /** prom/alertmanager v0.33.1. */
  alertmanager: {
    counters: names(`
      alertmanager_alerts_invalid_total alertmanager_alerts_received_total
      alertmanager_nflog_queries_total alertmanager_nflog_query_errors_total
      alertmanager_notification_requests_failed_total
      alertmanager_notification_requests_total alertmanager_notifications_failed_total
      alertmanager_notifications_total alertmanager_silences_matcher_compile_errors_total
      alertmanager_silences_queries_total alertmanager_silences_query_errors_total
    `),
    gauges: names(`
      alertmanager_cluster_members
      alertmanager_alerts alertmanager_alerts_per_alert_limit alertmanager_build_info
      alertmanager_config_last_reload_success_timestamp_seconds
      alertmanager_config_last_reload_successful alertmanager_inhibition_rules
      alertmanager_integrations alertmanager_receivers alertmanager_silences
    `),
    histograms: names(`
      alertmanager_notification_latency_seconds
    `),
  },
  /**
   * kube-state-metrics v2.18.0 with the command line of this stack, and the lab's cluster of
   * Kubernetes 1.34.1 to ask about.
   */
  kubeStateMetrics: {
    counters: names(`kube_pod_container_status_restarts_total`),
    gauges: names(`
      kube_cronjob_status_last_successful_time kube_daemonset_status_desired_number_scheduled
      kube_daemonset_status_number_ready kube_deployment_spec_replicas
      kube_deployment_status_replicas_available kube_horizontalpodautoscaler_spec_max_replicas
      kube_horizontalpodautoscaler_status_desired_replicas kube_job_failed
      kube_pod_container_status_last_terminated_reason kube_pod_container_status_waiting_reason
      kube_pod_owner kube_pod_status_phase kube_pod_status_ready kube_pod_status_unschedulable
      kube_resourcequota kube_statefulset_replicas kube_statefulset_status_replicas_ready
    `),
  },
  /** The kubelet of Kubernetes 1.34.1: what this stack keeps of its expositions. */
  kubelet: {
    counters: names(`
      container_cpu_cfs_periods_total container_cpu_cfs_throttled_periods_total
      container_cpu_usage_seconds_total
    `),
    gauges: names(`
      container_memory_working_set_bytes kubelet_volume_stats_available_bytes
      kubelet_volume_stats_capacity_bytes kubelet_volume_stats_inodes
      kubelet_volume_stats_inodes_used kubelet_volume_stats_used_bytes
    `),
  },
} as const satisfies Readonly<Record<string, KnownMetrics>>;
