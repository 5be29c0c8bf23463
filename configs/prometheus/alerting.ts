import type { Workload } from "../../model/workload";
import { ALERTMANAGER_PORT } from "../../model/workloads/alertmanager";
import { lookUp } from "./scrape";

/** The label that tells one Prometheus of several from the others. */
export const REPLICA_LABEL = "replica";
/** The label that tells a shard's series and alerts from those of the others. */
export const SHARD_LABEL = "shard";

/**
 * Where alerts go: to every Alertmanager, since they agree among themselves who notifies. An alert
 * that all Prometheus replicas see has to look the same from each of them, or it would be several.
 */
export function alerting({ name, replicas }: Workload, prometheusReplicas: number): object {
  return {
    ...(prometheusReplicas > 1 && {
      alert_relabel_configs: [{ action: "labeldrop", regex: REPLICA_LABEL }],
    }),
    alertmanagers: [
      replicas > 1
        ? { dns_sd_configs: lookUp(name, ALERTMANAGER_PORT) }
        : { static_configs: [{ targets: [`${name}:${ALERTMANAGER_PORT}`] }] },
    ],
  };
}
