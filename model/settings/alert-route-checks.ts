import { Duration } from "../units/duration";
import { ROUTED_SEVERITIES, type SeverityLists } from "./alert-routes";
import type { RawSettings } from "./raw-settings";
import { type Problem, show } from "./problem";
import type { Settings } from "./schema";
import { written, writtenKeys } from "./written";

/** How long Alertmanager remembers what it told whom (its `--data.retention`). */
const LONGEST_REPEAT = Duration.parse("5d");
const SHORTEST_HEARTBEAT = Duration.parse("30s");
const LONGEST_HEARTBEAT = Duration.parse("1h");

/** Routes name receivers and teams that there are, and their times fit one another. */
export function checkAlertRoutes(settings: Settings, raw: RawSettings): Problem[] {
  const { routes } = settings.alerts;
  return [
    ...checkLists("routes", routes, raw),
    ...Object.entries(routes.teams).flatMap(([team, lists]) =>
      checkLists(`routes.teams.${team}`, lists, raw),
    ),
    ...checkTeams(settings, raw),
    ...checkMute(settings, raw),
    ...checkRepeat(settings),
    ...checkHeartbeat(settings),
  ];
}

function checkLists(place: string, lists: SeverityLists, raw: RawSettings): Problem[] {
  const known = writtenKeys(raw, "alerts", "receivers");
  return (["default", ...ROUTED_SEVERITIES] as const).flatMap((key) => {
    const setting = `whalewatch:alerts.${place}.${key}`;
    const named = lists[key] ?? [];
    const unknown = named
      .filter((name) => !known.includes(name))
      .map((name) => ({
        setting,
        found: `${show(name)}, which is no receiver`,
        allowed: known.length > 0 ? known.join(", ") : "a name in alerts.receivers; there is none",
      }));
    const twice = named
      .filter((name, index) => named.indexOf(name) < index)
      .map((name) => ({ setting, found: `${show(name)} twice`, allowed: "each receiver once" }));
    return [...unknown, ...twice];
  });
}

function checkTeams({ alerts, services, probes }: Settings, raw: RawSettings): Problem[] {
  const routed = writtenKeys(raw, "alerts", "routes", "teams");
  const named = ["services", "probes"].flatMap((members) =>
    writtenKeys(raw, members).map((name) => written(raw, members, name, "team")),
  );
  const allowed =
    routed.length > 0 ? routed.join(", ") : "a name in alerts.routes.teams; there is none";
  return [
    ...Object.keys(alerts.routes.teams)
      .filter((team) => !named.includes(team))
      .map((team) => ({
        setting: `whalewatch:alerts.routes.teams.${team}`,
        found: "a team that no service and no probe has",
        allowed: `a team that services name: services.NAME.team: ${team}`,
      })),
    ...Object.entries<Record<string, { readonly team?: string | undefined }>>({
      services,
      probes,
    }).flatMap(([members, declared]) =>
      Object.entries(declared).flatMap(([name, { team }]) =>
        team === undefined || routed.includes(team)
          ? []
          : [
              {
                setting: `whalewatch:${members}.${name}.team`,
                found: `${show(team)}, which has no routes`,
                allowed,
              },
            ],
      ),
    ),
    ...Object.entries(alerts.mute).flatMap(([name, { teams = [] }]) =>
      teams
        .filter((team) => !routed.includes(team))
        .map((team) => ({
          setting: `whalewatch:alerts.mute.${name}.teams`,
          found: `${show(team)}, which has no routes`,
          allowed,
        })),
    ),
  ];
}

/** A time that cannot be read is reported by itself. */
const TIME_KEYS = ["times", "weekdays", "months"];

function checkMute({ alerts }: Settings, raw: RawSettings): Problem[] {
  return Object.keys(alerts.mute)
    .filter(
      (name) => !writtenKeys(raw, "alerts", "mute", name).some((key) => TIME_KEYS.includes(key)),
    )
    .map((name) => ({
      setting: `whalewatch:alerts.mute.${name}`,
      found: "all of the time",
      allowed: "at least one of times, weekdays, months",
    }));
}

function checkRepeat({ alerts: { routes } }: Settings): Problem[] {
  const { groupInterval, repeatInterval } = routes;
  return ROUTED_SEVERITIES.flatMap((severity) => {
    const repeat = repeatInterval[severity];
    if (repeat.seconds >= groupInterval.seconds && repeat.seconds <= LONGEST_REPEAT.seconds) {
      return [];
    }
    return [
      {
        setting: `whalewatch:alerts.routes.repeatInterval.${severity}`,
        found: show(repeat.toString()),
        allowed: `from groupInterval, which is ${groupInterval.toString()}, to ${LONGEST_REPEAT.toString()}, for which Alertmanager remembers what it told`,
      },
    ];
  });
}

function checkHeartbeat({ alerts: { deadMansSwitch } }: Settings): Problem[] {
  if (deadMansSwitch === undefined) return [];
  const { every } = deadMansSwitch;
  if (every.seconds >= SHORTEST_HEARTBEAT.seconds && every.seconds <= LONGEST_HEARTBEAT.seconds) {
    return [];
  }
  return [
    {
      setting: "whalewatch:alerts.deadMansSwitch.every",
      found: show(every.toString()),
      allowed: `from ${SHORTEST_HEARTBEAT.toString()} to ${LONGEST_HEARTBEAT.toString()}`,
    },
  ];
}
