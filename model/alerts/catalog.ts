import type { AlertDefinition } from "./alert";
import { objectiveAlerts } from "./objectives";
import { hostAlerts } from "./host";
import { containerAlerts } from "./containers";
import { kubernetesAlerts } from "./kubernetes";
import { postgresAlerts } from "./postgres";
import { postgresBackupAlerts } from "./postgres-backup";
import { modelAlerts } from "./models";
import { alertmanagerAlerts } from "./alertmanager";
import { outsideProbeAlerts } from "./outside-probes";
import { probeAlerts } from "./probes";
import { prometheusAlerts } from "./prometheus";
import { redisAlerts } from "./redis";
import { serviceAlerts } from "./services";
import { targetAlerts } from "./targets";

/** Every alert that a stack may have, by name; a stack has those whose subject it declares. */
export const ALERTS = {
  ...serviceAlerts,
  ...objectiveAlerts,
  ...probeAlerts,
  ...outsideProbeAlerts,
  ...modelAlerts,
  ...targetAlerts,
  ...containerAlerts,
  ...kubernetesAlerts,
  ...postgresAlerts,
  ...postgresBackupAlerts,
  ...redisAlerts,
  ...hostAlerts,
  ...prometheusAlerts,
  ...alertmanagerAlerts,
} as const;

/** The name of an alert. */
export type AlertName = keyof typeof ALERTS;

/** All alerts, in the order in which they are documented. */
export const ALERT_DEFINITIONS: ReadonlyMap<string, AlertDefinition> = new Map(
  Object.entries<AlertDefinition>(ALERTS),
);
