import type { AlertCase } from "../../../support/alert-cases";
import { alertmanagerCases } from "./alertmanager.cases";
import { hostCases } from "./host.cases";
import { containerCases } from "./containers.cases";
import { kubernetesCases } from "./kubernetes.cases";
import { outsideProbeCases } from "./outside-probes.cases";
import { postgresCases } from "./postgres.cases";
import { postgresBackupCases } from "./postgres-backup.cases";
import { availabilityCases } from "./availability.cases";
import { modelCases } from "./models.cases";
import { objectiveCases } from "./objectives.cases";
import { prometheusCases } from "./prometheus.cases";
import { redisCases } from "./redis.cases";
import { serviceCases } from "./services.cases";
import { targetCases } from "./targets.cases";

/** Every alert on both sides of its threshold. */
export const ALERT_CASES: readonly AlertCase[] = [
  ...availabilityCases,
  ...outsideProbeCases,
  ...serviceCases,
  ...objectiveCases,
  ...modelCases,
  ...targetCases,
  ...containerCases,
  ...kubernetesCases,
  ...postgresCases,
  ...postgresBackupCases,
  ...redisCases,
  ...hostCases,
  ...prometheusCases,
  ...alertmanagerCases,
];
