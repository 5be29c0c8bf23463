import {
  DEAD_MANS_SWITCH,
  NOBODY,
  receiversOf,
  TEST_LABEL,
  TEST_RUN_LABEL,
} from "../../model/alert-routing";
import { ROUTED_SEVERITIES, type RoutedSeverity } from "../../model/settings/alert-routes";
import type { Settings } from "../../model/settings/schema";
import { Duration } from "../../model/units/duration";

/** A node of Alertmanager's tree of routes. */
export interface Route {
  readonly receiver?: string;
  readonly matchers?: readonly string[];
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly routes?: readonly Route[];
}

/** The alert that always fires. */
const HEARTBEAT = "Watchdog";
/** What may be a team's. */
type Owned = { readonly team?: string | undefined };
/** Alerts for machines alone. */
const MACHINES = [HEARTBEAT, "InfoInhibitor"];

/**
 * The tree of routes, in the order in which an alert is tried: a test goes to the receiver under
 * test, the heartbeat to whoever waits for it, what is for machines to nobody, a team's alerts to the
 * team, and all others by severity.
 */
export function routeTree({
  alerts,
  services,
  probes,
}: Pick<Settings, "alerts" | "services" | "probes">): Route {
  const { routes, receivers, deadMansSwitch } = alerts;
  const { groupWait, groupInterval, repeatInterval } = routes;
  const tested = [...Object.keys(receivers), ...(deadMansSwitch ? [DEAD_MANS_SWITCH] : [])];
  const teams = Object.keys(routes.teams).flatMap((team) =>
    Object.entries<Record<string, Owned>>({ service: services, probe: probes }).flatMap(
      ([label, declared]): Route[] => {
        const own = Object.entries(declared).flatMap(([name, its]) =>
          its.team === team ? name : [],
        );
        if (own.length === 0) return [];
        return [{ matchers: [oneOf(label, own)], routes: bySeverity(alerts, team) }];
      },
    ),
  );
  return {
    receiver: NOBODY,
    group_by: ["alertname", "service", "job"],
    group_wait: groupWait.toString(),
    group_interval: groupInterval.toString(),
    repeat_interval: repeatInterval.info.toString(),
    routes: [
      ...tested.map(testRoute),
      ...(deadMansSwitch ? [heartbeatRoute(deadMansSwitch.every)] : []),
      { matchers: [oneOf("alertname", MACHINES)], receiver: NOBODY },
      { matchers: ['severity="none"'], receiver: NOBODY },
      ...(Object.keys(receivers).length > 0 ? [...teams, ...bySeverity(alerts)] : []),
    ],
  };
}

/**
 * Each test is a group of its own, told at once and once. The interval is short since it also bounds
 * how long a failing receiver is tried, and soon tells that the test is over.
 */
function testRoute(receiver: string): Route {
  return {
    matchers: [`${TEST_LABEL}="${receiver}"`],
    receiver,
    group_by: [TEST_LABEL, TEST_RUN_LABEL],
    group_wait: "0s",
    group_interval: "10s",
    repeat_interval: "1h",
  };
}

/**
 * A group is looked at in its interval and told again when the repeat interval is over; a repeat
 * interval as long as the group's would be missed by a moment each second time.
 */
function heartbeatRoute({ seconds }: Duration): Route {
  return {
    matchers: [`alertname="${HEARTBEAT}"`],
    receiver: DEAD_MANS_SWITCH,
    group_by: ["alertname"],
    group_wait: "0s",
    group_interval: Duration.seconds(Math.floor(seconds / 2)).toString(),
    repeat_interval: Duration.seconds(Math.floor((seconds * 3) / 4)).toString(),
  };
}

function bySeverity(alerts: Settings["alerts"], team?: string): Route[] {
  return [
    ...ROUTED_SEVERITIES.flatMap((severity) => ofSeverity(alerts, severity, team)),
    // A severity that is none of these is somebody's own rule: it is told, and never muted.
    ...toEach(receiversOf(alerts, undefined, team), {}),
  ];
}

function ofSeverity(alerts: Settings["alerts"], severity: RoutedSeverity, team?: string): Route[] {
  const mute = Object.entries(alerts.mute)
    .filter(([, { severities }]) => severities.includes(severity))
    .filter(([, { teams }]) => teams === undefined || (team !== undefined && teams.includes(team)))
    .map(([name]) => name);
  return toEach(receiversOf(alerts, severity, team), {
    matchers: [`severity="${severity}"`],
    repeat_interval: alerts.routes.repeatInterval[severity].toString(),
    ...(mute.length > 0 && { mute_time_intervals: mute }),
  });
}

/** A route to each receiver: all but the last let the alert go on to the next. */
function toEach(receivers: readonly string[], route: Route): Route[] {
  if (receivers.length === 0) return [{ ...route, receiver: NOBODY }];
  return receivers.map((receiver, index) => ({
    ...route,
    receiver,
    ...(index < receivers.length - 1 && { continue: true }),
  }));
}

/** A matcher for any of these; Alertmanager anchors regular expressions, and names have no signs. */
export function oneOf(label: string, values: readonly string[]): string {
  return `${label}${values.length === 1 ? "=" : "=~"}"${values.join("|")}"`;
}
