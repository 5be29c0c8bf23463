import { Tree } from "./rendered";

/** The receiver of the cluster's own configuration, which gets what no object takes. */
export const OF_CLUSTER = "of-cluster";

/**
 * What the operator makes of an AlertmanagerConfig, as far as routing goes (pkg/alertmanager of the
 * operator, strategy OnNamespace): below the root of the cluster's own configuration, for alerts of
 * the object's namespace alone, receivers and times by names of their own, and always going on.
 */
export function asGenerated(object: Tree): Tree {
  const namespace = object.at("metadata", "namespace").text;
  const prefix = `${namespace}/${object.at("metadata", "name").text}/`;
  const within = `namespace="${namespace}"`;
  const top = route(object.at("spec", "route"), prefix);
  const enforced = { ...top, matchers: [...top.matchers, within], continue: true };
  return Tree.of({
    route: { receiver: OF_CLUSTER, repeat_interval: "12h", routes: [enforced] },
    inhibit_rules: object.at("spec", "inhibitRules").list.map((rule) => ({
      source_matchers: [...matchers(rule.at("sourceMatch")), within],
      target_matchers: [...matchers(rule.at("targetMatch")), within],
      equal: rule.at("equal").plain,
    })),
    receivers: [
      { name: OF_CLUSTER },
      ...object.at("spec", "receivers").list.map((one) => ({
        name: `${prefix}${one.at("name").text}`,
      })),
    ],
    time_intervals: object.at("spec", "muteTimeIntervals").list.map((one) => ({
      name: `${prefix}${one.at("name").text}`,
    })),
  });
}

interface GeneratedRoute {
  readonly matchers: readonly string[];
  readonly [key: string]: unknown;
}

function route(node: Tree, prefix: string): GeneratedRoute {
  const named = Object.entries({
    group_by: node.at("groupBy").plain,
    group_wait: node.at("groupWait").plain,
    group_interval: node.at("groupInterval").plain,
    repeat_interval: node.at("repeatInterval").plain,
    continue: node.at("continue").plain,
  }).filter(([, value]) => value !== undefined);
  const receiver = node.at("receiver").plain;
  return {
    ...Object.fromEntries(named),
    ...(typeof receiver === "string" && { receiver: `${prefix}${receiver}` }),
    matchers: matchers(node.at("matchers")),
    mute_time_intervals: node.at("muteTimeIntervals").list.map(({ text }) => `${prefix}${text}`),
    routes: node.at("routes").list.map((child) => route(child, prefix)),
  };
}

const matchers = (list: Tree): string[] =>
  list.list.map((one) =>
    [one.at("name").text, one.at("matchType").text, JSON.stringify(one.at("value").plain)].join(""),
  );
