import type {
  OperatorAlerting,
  OperatorMatcher,
  OperatorMuteTime,
  OperatorRoute,
} from "../../model/operator-alerting";
import { receiverSecrets } from "../../model/settings/receiver-secrets";
import type { Settings } from "../../model/settings/schema";
import { declaredSecretMounts } from "../secret-mount";
import { inhibitRules } from "./inhibit";
import { timeInterval } from "./mute";
import { operatorReceivers } from "./operator-receivers";
import { type Route, routeTree } from "./routes";

/**
 * The same routes, receivers, inhibition and mute times for the Alertmanager of the cluster;
 * undefined where nobody is to be told, so that the cluster's own routes have the alerts alone.
 */
export function operatorAlerting(
  settings: Pick<Settings, "alerts" | "platform" | "probes" | "services">,
): OperatorAlerting | undefined {
  const { alerts } = settings;
  const { receivers, deadMansSwitch } = alerts;
  if (Object.keys(receivers).length === 0 && deadMansSwitch === undefined) return undefined;
  const mute = Object.entries(alerts.mute).map(([name, times]) =>
    muteTime(timeInterval(name, times)),
  );
  return {
    spec: {
      route: route(routeTree(settings)),
      receivers: operatorReceivers(alerts),
      inhibitRules: inhibitRules(settings).map((rule) => ({
        sourceMatch: rule.source_matchers.map(matcher),
        targetMatch: rule.target_matchers.map(matcher),
        equal: rule.equal,
      })),
      ...(mute.length > 0 && { muteTimeIntervals: mute }),
    },
    secrets: declaredSecretMounts(receiverSecrets(alerts).map(({ secret }) => secret)),
  };
}

function route(node: Route): OperatorRoute {
  const { matchers, group_by, group_wait, group_interval, repeat_interval, ...rest } = node;
  const { receiver, mute_time_intervals, routes } = rest;
  return {
    ...(receiver !== undefined && { receiver }),
    ...(matchers && { matchers: matchers.map(matcher) }),
    ...(node.continue !== undefined && { continue: node.continue }),
    ...(group_by && { groupBy: group_by }),
    ...(group_wait !== undefined && { groupWait: group_wait }),
    ...(group_interval !== undefined && { groupInterval: group_interval }),
    ...(repeat_interval !== undefined && { repeatInterval: repeat_interval }),
    ...(mute_time_intervals && { muteTimeIntervals: mute_time_intervals }),
    ...(routes && { routes: routes.map(route) }),
  };
}

/** Without the time zone, which is checked before to be UTC. */
function muteTime({ name, time_intervals }: ReturnType<typeof timeInterval>): OperatorMuteTime {
  return {
    name,
    timeIntervals: time_intervals.map(({ times, weekdays, months }) => ({
      ...(times && {
        times: times.map(({ start_time, end_time }) => ({
          startTime: start_time,
          endTime: end_time,
        })),
      }),
      ...(weekdays && { weekdays }),
      ...(months && { months }),
    })),
  };
}

const MATCHER = /^(?<name>\w+)(?<matchType>=~|!~|!=|=)"(?<value>[^"\\]*)"$/;
const MATCH_TYPES: readonly OperatorMatcher["matchType"][] = ["=", "!=", "=~", "!~"];

/** @throws SyntaxError for one that is not written as those here are. */
function matcher(text: string): OperatorMatcher {
  const { name, matchType, value } = MATCHER.exec(text)?.groups ?? {};
  const known = MATCH_TYPES.find((type) => type === matchType);
  if (name === undefined || known === undefined || value === undefined) {
    throw new SyntaxError(`${text} is no matcher.`);
  }
  return { name, matchType: known, value };
}
