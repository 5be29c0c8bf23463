import type { Stack } from "../../model/stack";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "../../model/workloads/alertmanager";
import { AlertmanagerApi } from "../alerts/alertmanager-api";
import type { PlatformAccess, Way } from "../platforms/platform-access";
import { UserError } from "../user-error";

/** What Alertmanager says of critical alerts. */
export interface CriticalAlerts {
  /** Why nothing may be promoted, each a sentence. */
  readonly reasons: readonly string[];
  /** What a person should know all the same. */
  readonly warnings: readonly string[];
}

/** Asks every running Alertmanager of a stack for critical alerts, silenced ones too. */
export async function criticalAlerts(
  { name, workloads }: Pick<Stack, "name" | "workloads">,
  platform: Pick<PlatformAccess, "reach">,
): Promise<CriticalAlerts> {
  if (!workloads.some((workload) => workload.name === ALERTMANAGER)) {
    const warning = `${name} has no Alertmanager, so nobody can tell whether anything is wrong there.`;
    return { reasons: [], warnings: [warning] };
  }
  let ways: Way[] = [];
  try {
    ways = await platform.reach(ALERTMANAGER, ALERTMANAGER_PORT);
    const found = await Promise.all(ways.map(({ url }) => new AlertmanagerApi(url).critical()));
    const firing = [...new Set(found.flat())].sort();
    if (firing.length === 0) return { reasons: [], warnings: [] };
    const what = firing.length === 1 ? "a critical alert fires" : "critical alerts fire";
    return { reasons: [`${what} in ${name}: ${firing.join(", ")}.`], warnings: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = `nobody can tell whether a critical alert fires in ${name}: ${error.message}`;
    return { reasons: [reason.replaceAll(/\s*\n\s*/g, " ")], warnings: [] };
  } finally {
    ways.forEach(({ close }) => close());
  }
}
