import assert from "node:assert/strict";
import type { Stack } from "../../model/stack";
import { renderedFile, type Tree } from "./rendered";

/** Labels of an alert. */
export type Labels = Readonly<Record<string, string>>;

/** A stack's alertmanager.yml. */
export function alertmanagerYaml(stack: Stack): string {
  return renderedFile(stack, "alertmanager/etc/alertmanager/alertmanager.yml");
}

/** One of Alertmanager's matchers: `name="value"`, `!=`, `=~` or `!~`; expressions are anchored. */
function matches(matcher: string, labels: Labels): boolean {
  const [, name = "", operator = "", value = ""] =
    /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(matcher) ?? assert.fail(`no matcher: ${matcher}`);
  const found = labels[name] ?? "";
  const wanted = operator.includes("~")
    ? new RegExp(`^(?:${value})$`).test(found)
    : found === value;
  return operator.startsWith("!") ? !wanted : wanted;
}

const allMatch = (matchers: Tree, labels: Labels): boolean =>
  matchers.list.every((matcher) => matches(matcher.text, labels));

/** A route at which an alert ends, with what it has from those above it. */
export interface Destination {
  readonly receiver: string;
  readonly muted: readonly string[];
  readonly repeat: string;
}

/**
 * Where an alert goes, as Alertmanager's documentation says: the first child that matches, and those
 * after it while they say `continue`; a route itself where no child matches. Mute times are not
 * inherited, all else is.
 */
export function destinations(config: Tree, labels: Labels): Destination[] {
  const walk = (route: Tree, above: { receiver: string; repeat: string }): Destination[] => {
    const own = {
      receiver: textAt(route, "receiver") ?? above.receiver,
      repeat: textAt(route, "repeat_interval") ?? above.repeat,
    };
    const found: Destination[] = [];
    for (const child of route.at("routes").list) {
      if (!allMatch(child.at("matchers"), labels)) continue;
      found.push(...walk(child, own));
      if (child.at("continue").plain !== true) break;
    }
    const muted = route.at("mute_time_intervals").list.map(({ text }) => text);
    return found.length > 0 ? found : [{ ...own, muted }];
  };
  return walk(config.at("route"), { receiver: "", repeat: "" });
}

function textAt(route: Tree, key: string): string | undefined {
  const { plain } = route.at(key);
  return typeof plain === "string" ? plain : undefined;
}

/** Which of some firing alerts are not told, since another one quiets them. */
export function inhibited(config: Tree, firing: readonly Labels[]): Labels[] {
  const rules = config.at("inhibit_rules").list;
  return firing.filter((target) =>
    rules.some((rule) => {
      if (!allMatch(rule.at("target_matchers"), target)) return false;
      const targetIsSource = allMatch(rule.at("source_matchers"), target);
      return firing.some((source) => {
        if (source === target || !allMatch(rule.at("source_matchers"), source)) return false;
        // Two alerts that each match both sides do not quiet one another.
        if (targetIsSource && allMatch(rule.at("target_matchers"), source)) return false;
        return rule
          .at("equal")
          .list.every(({ text: label }) => (source[label] ?? "") === (target[label] ?? ""));
      });
    }),
  );
}
