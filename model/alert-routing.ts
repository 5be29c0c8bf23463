import type { RoutedSeverity } from "./settings/alert-routes";
import type { Settings } from "./settings/schema";

/** The receiver of what nobody is told. */
export const NOBODY = "nobody";
/** The receiver of the heartbeat alone. */
export const DEAD_MANS_SWITCH = "dead-mans-switch";

/** Who gets alerts of a severity (absent: of one that has no list), of all or of a team's services and probes. */
export function receiversOf(
  { receivers, routes }: Settings["alerts"],
  severity?: RoutedSeverity,
  team?: string,
): readonly string[] {
  const ofTeam = team === undefined ? undefined : routes.teams[team];
  const lists = [ofTeam, routes];
  for (const list of lists) {
    const named = (severity && list?.[severity]) ?? list?.default;
    if (named !== undefined) return named;
  }
  return Object.keys(receivers);
}

/** The label of a test alert that names the receiver under test. */
export const TEST_LABEL = "whalewatch_test";
/** The label that makes each test an alert of its own. */
export const TEST_RUN_LABEL = "whalewatch_run";
