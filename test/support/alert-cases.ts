import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import type { AlertName } from "../../model/alerts/catalog";
import { Duration } from "../../model/units/duration";
import type { Stack } from "../../model/stack";
import type { AlertRule } from "../../configs/prometheus/rule-group";
import { alertRules } from "./expressions";
import { mountsOf } from "./rendered";

/**
 * Samples by series, in promtool's notation (`0x40`, `1+2x40`), 15 seconds apart.
 * Windows are left-open in Prometheus 3 and closed before: nothing may depend on the sample at a
 * window's edge.
 */
export type Samples = Readonly<Record<string, string>>;

/** One alert on both sides of its threshold. */
export interface AlertCase {
  readonly alert: AlertName;
  /** What sets this case apart from others of the same alert. */
  readonly title?: string;
  /** Whose rules are loaded. */
  readonly stack: Stack;
  /** Just past the threshold: fires. */
  readonly past: Samples;
  /** Just before it: silent. */
  readonly before: Samples;
  /** When both are looked at, such as `10m`: long enough for the alert to have waited. */
  readonly at: string;
  /** The same samples, looked at while the alert still waits; required where it waits. */
  readonly notYet?: string;
  /** The labels that it arrives with, without its name and severity. */
  readonly labels: Readonly<Record<string, string>>;
  /** The description as it arrives. */
  readonly says: string;
}

const INTERVAL = "15s";

/** What sets a case apart in reports. */
export const caseName = ({ alert, title }: AlertCase): string =>
  title === undefined ? alert : `${alert}, ${title}`;

/** Runs all cases by one call of promtool for each stack; gives what failed, by the case's name. */
export function runAlertCases(
  promtool: string,
  cases: readonly AlertCase[],
): ReadonlyMap<string, string> {
  const failures = new Map<string, string>();
  for (const stack of new Set(cases.map((each) => each.stack))) {
    const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-rules-"));
    try {
      const files = writeRules(stack, folder);
      const tests = cases.filter((each) => each.stack === stack).flatMap(ruleTests);
      const file = path.join(folder, "tests.yml");
      writeFileSync(
        file,
        stringify({ rule_files: files, evaluation_interval: INTERVAL, tests }, { lineWidth: 0 }),
      );
      for (const [name, text] of failed(promtool, file)) {
        failures.set(name, `${failures.get(name) ?? ""}${text}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return failures;
}

/** Writes the rule files that Prometheus loads, as they are provisioned. */
export function writeRules(stack: Stack, folder: string): string[] {
  const config = mountsOf(stack, "prometheus").find(({ name }) => name === "config");
  return Object.entries(config?.files ?? {})
    .filter(([name]) => name.startsWith("rules-"))
    .map(([name, text]) => {
      if (typeof text !== "string") throw new TypeError(`${name} is a secret`);
      writeFileSync(path.join(folder, name), text);
      return name;
    });
}

/** The rule that a case is about: of several of one name, the one that names the case's service. */
function ruleOf({ alert, stack, labels }: AlertCase): AlertRule | undefined {
  const rules = alertRules(stack).filter((rule) => rule.alert === alert);
  const names = new RegExp(`["|]${labels["service"] ?? ""}["|]`);
  return rules.find(({ expr }) => names.test(expr)) ?? rules[0];
}

function ruleTests(each: AlertCase): object[] {
  const { alert, past, before, at, notYet, labels, says } = each;
  const rule = ruleOf(each);
  if (rule === undefined) throw new RangeError(`${caseName(each)}: the stack has no such alert`);
  const { summary, dashboard_url, runbook_url } = rule.annotations;
  const arrived = {
    exp_labels: { severity: rule.labels.severity, ...labels },
    exp_annotations: {
      summary,
      description: says,
      ...(dashboard_url !== undefined && {
        dashboard_url: dashboard_url.replace("{{ $labels.service }}", labels["service"] ?? ""),
      }),
      ...(runbook_url !== undefined && { runbook_url }),
    },
  };
  const test = (samples: Samples, looks: readonly object[]): object => ({
    name: caseName(each),
    interval: INTERVAL,
    input_series: Object.entries(samples).map(([series, values]) => ({ series, values })),
    alert_rule_test: looks,
  });
  const look = (time: string, expected: readonly object[]): object => ({
    eval_time: time,
    alertname: alert,
    exp_alerts: expected,
  });
  return [
    test(past, [...(notYet === undefined ? [] : [look(notYet, [])]), look(at, [arrived])]),
    test(before, [look(at, [])]),
  ];
}

/** promtool's complaints, by the name of the test; one without a name is a fault of the file. */
function failed(promtool: string, file: string): [name: string, text: string][] {
  try {
    execFileSync(promtool, ["test", "rules", file], { encoding: "utf8", stdio: "pipe" });
    return [];
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const [head = "", ...rest] = `${stderr}${stdout}`.split(/^ {4}name: /m);
    if (rest.length === 0) throw new Error(`promtool: ${head}`, { cause: error });
    return rest.map((text) => [text.slice(0, text.indexOf(",\n")), text]);
  }
}

/** Whether a case looks at its alert while that still waits, where it waits at all. */
export function looksTooEarly(each: AlertCase): boolean {
  const { at, notYet } = each;
  const waits = ruleOf(each)?.for;
  if (waits === undefined) return notYet === undefined;
  if (notYet === undefined) return false;
  return Duration.parse(notYet).seconds < Duration.parse(at).seconds;
}
