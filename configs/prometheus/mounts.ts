import type { FileMount } from "../../model/files";
import { shardView } from "../../model/shard-view";
import { findWorkload, type Stack } from "../../model/stack";
import type { Workload } from "../../model/workload";
import { ALERTMANAGER } from "../../model/workloads/alertmanager";
import {
  PROMETHEUS_CONFIG_DIRECTORY,
  PROMETHEUS_REPLICA_VARIABLE,
} from "../../model/workloads/prometheus";
import { toYaml } from "../yaml";
import { alerting, REPLICA_LABEL, SHARD_LABEL } from "./alerting";
import { remoteWriteConfig, remoteWriteSecrets } from "./remote-write";
import { alertmanagerRules } from "./rules/alertmanager";
import { availabilityRules } from "./rules/availability";
import { objectiveRules } from "./rules/objectives";
import { hostRules } from "./rules/host";
import { outsideProbeRules } from "./rules/outside-probes";
import { planRules } from "./rules/plan";
import { postgresRules } from "./rules/postgres";
import { postgresBackupRules } from "./rules/postgres-backup";
import { modelRules } from "./rules/models";
import { containerRules } from "./rules/containers";
import { kubernetesRules } from "./rules/kubernetes";
import { prometheusRules } from "./rules/prometheus";
import { redisRules } from "./rules/redis";
import { serviceRules } from "./rules/services";
import type { RuleGroup } from "./rule-group";
import { scrapeConfigs } from "./scrape";

/**
 * prometheus.yml and a rule file for each subject; Prometheus reloads them by itself.
 * @param shard counted from 0; undefined for the one Prometheus that has everything.
 */
export function prometheusMounts(stack: Stack, shard?: number): FileMount[] {
  const view = shard === undefined ? stack : shardView(stack, shard);
  const rules = Object.fromEntries(
    ruleGroups(view).map((group) => [`rules-${group.name}.yml`, toYaml({ groups: [group] })]),
  );
  // Every shard alerts, whichever of them scrapes Alertmanager.
  const alertmanager = findWorkload(stack, ALERTMANAGER);
  return [
    {
      name: "config",
      directory: PROMETHEUS_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "reload",
      files: {
        "prometheus.yml": prometheusYaml(view, Object.keys(rules), alertmanager, shard),
        ...rules,
      },
    },
    ...remoteWriteSecrets(stack.settings.prometheus.remoteWrite),
  ];
}

/** The rules of every subject. */
const RULES: readonly ((stack: Stack) => RuleGroup[])[] = [
  availabilityRules,
  outsideProbeRules,
  serviceRules,
  objectiveRules,
  modelRules,
  containerRules,
  kubernetesRules,
  postgresRules,
  postgresBackupRules,
  redisRules,
  hostRules,
  prometheusRules,
  alertmanagerRules,
  planRules,
];

/** All rules of a stack; a group exists because something declared needs it. */
export function ruleGroups(stack: Stack): RuleGroup[] {
  return RULES.flatMap((rules) => rules(stack)).filter(({ rules }) => rules.length > 0);
}

/**
 * Rule files are listed by name: one that is no longer declared may stay in the volume, and a
 * pattern would go on loading it.
 */
function prometheusYaml(
  stack: Stack,
  ruleFiles: readonly string[],
  alertmanager: Workload | undefined,
  shard: number | undefined,
): string {
  const { scrapeInterval, replicas, remoteWrite } = stack.settings.prometheus;
  const interval = scrapeInterval.toString();
  return toYaml({
    global: {
      scrape_interval: interval,
      evaluation_interval: interval,
      external_labels: {
        project: stack.project,
        environment: stack.name,
        ...(shard !== undefined && { [SHARD_LABEL]: String(shard) }),
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
