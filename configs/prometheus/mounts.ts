import type { FileMount } from "../../model/files";
import { findWorkload, type Stack } from "../../model/stack";
import { ALERTMANAGER } from "../../model/workloads/alertmanager";
import {
  PROMETHEUS_CONFIG_DIRECTORY,
  PROMETHEUS_REPLICA_VARIABLE,
} from "../../model/workloads/prometheus";
import { toYaml } from "../yaml";
import { alerting, REPLICA_LABEL } from "./alerting";
import { remoteWriteConfig, remoteWriteSecrets } from "./remote-write";
import { availabilityRules } from "./rules/availability";
import { prometheusRules } from "./rules/prometheus";
import { redisRules } from "./rules/redis";
import type { RuleGroup } from "./rule-group";
import { scrapeConfigs } from "./scrape";

/** prometheus.yml and a rule file for each subject; Prometheus reloads them by itself. */
export function prometheusMounts(stack: Stack): FileMount[] {
  const rules = Object.fromEntries(
    ruleGroups(stack).map((group) => [`rules-${group.name}.yml`, toYaml({ groups: [group] })]),
  );
  return [
    {
      name: "config",
      directory: PROMETHEUS_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "reload",
      files: { "prometheus.yml": prometheusYaml(stack, Object.keys(rules)), ...rules },
    },
    ...remoteWriteSecrets(stack.settings.prometheus.remoteWrite),
  ];
}

/** All rules of a stack; a group exists because something declared needs it. */
export function ruleGroups(stack: Stack): RuleGroup[] {
  return [availabilityRules, redisRules, prometheusRules]
    .flatMap((rules) => rules(stack))
    .filter(({ rules }) => rules.length > 0);
}

/**
 * Rule files are listed by name: one that is no longer declared may stay in the volume, and a
 * pattern would go on loading it.
 */
function prometheusYaml(stack: Stack, ruleFiles: readonly string[]): string {
  const { scrapeInterval, replicas, remoteWrite } = stack.settings.prometheus;
  const interval = scrapeInterval.toString();
  const alertmanager = findWorkload(stack, ALERTMANAGER);
  return toYaml({
    global: {
      scrape_interval: interval,
      evaluation_interval: interval,
      external_labels: {
        project: stack.project,
        environment: stack.name,
        // Prometheus fills it in: each replica's series must be told apart wherever they meet.
        ...(replicas > 1 && { [REPLICA_LABEL]: `\${${PROMETHEUS_REPLICA_VARIABLE}}` }),
      },
    },
    rule_files: ruleFiles,
    ...(alertmanager && { alerting: alerting(alertmanager, replicas) }),
    scrape_configs: scrapeConfigs(stack),
    ...(remoteWrite.length > 0 && { remote_write: remoteWrite.map(remoteWriteConfig) }),
  });
}
