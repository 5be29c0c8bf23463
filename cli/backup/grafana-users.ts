import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../model/stack";
import { GRAFANA } from "../../model/workloads/grafana";
import { GRAFANA_DATABASE, grafanaDatabase } from "../../model/workloads/grafana-database";
import type { PlatformAccess } from "../platforms/platform-access";
import { unwellWorkloads } from "../platforms/unwell";
import { applyGrafanaPassword } from "../rotate/grafana-password";
import type { BackupEntry } from "./manifest";

/** How long Grafana may take to find its database again, and how often to look. */
const PATIENCE = { withinMs: 120_000, everyMs: 1000 };

/** What was restored, and where. */
export interface RestoredUsers {
  readonly entries: readonly Pick<BackupEntry, "kind" | "workload" | "name">[];
  readonly stack: Pick<Stack, "name" | "settings">;
  readonly platform: Pick<PlatformAccess, "execute" | "running" | "wellWord">;
}

/**
 * Gives Grafana's administrator the stack's password again where a restore brought users, who have
 * the passwords of before.
 * @throws UserError when Grafana does not run or refuses it.
 */
export async function keepGrafanaPassword(
  { entries, stack, platform }: RestoredUsers,
  patience = PATIENCE,
): Promise<void> {
  if (!entries.some((entry) => holdsUsers(entry, stack))) return;
  // The restore closed the connections to its database: where it counts as ill it may be restarted.
  const end = Date.now() + patience.withinMs;
  while ((await unwellWorkloads([{ name: GRAFANA }], platform)).length > 0 && Date.now() < end) {
    await sleep(patience.everyMs);
  }
  await applyGrafanaPassword(platform, `npm run rotate -- grafana --stack ${stack.name}`);
}

/** Whether the stack's Grafana reads its users from this part of a backup. */
function holdsUsers(
  { kind, workload, name }: RestoredUsers["entries"][number],
  { settings }: RestoredUsers["stack"],
): boolean {
  if (kind === "volume") return workload === GRAFANA;
  const database = grafanaDatabase(settings);
  const own = database !== undefined && database.outside === undefined;
  return kind === "database" && name === GRAFANA_DATABASE && own;
}
