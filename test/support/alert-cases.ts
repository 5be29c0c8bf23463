import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { ruleGroups } from "../../configs/prometheus/mounts";
import type { AlertRule, RecordingRule } from "../../configs/prometheus/rule-group";
import type { AlertName } from "../../model/alerts/catalog";
import { Duration } from "../../model/units/duration";
import type { Stack } from "../../model/stack";
import { alertRules } from "./expressions";

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
const HOUR = 3600;

/** What sets a case apart in reports. */
export const caseName = ({ alert, title }: AlertCase): string =>
  title === undefined ? alert : `${alert}, ${title}`;

/** Runs all cases by one call of promtool; gives what failed, by the case's name. */
export function runAlertCases(
  promtool: string,
  cases: readonly AlertCase[],
): ReadonlyMap<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-rules-"));
  try {
    const files = cases.map((each, index) => {
      const rules = `rules-${index}.yml`;
      const tests = path.join(folder, `tests-${index}.yml`);
      writeYaml(path.join(folder, rules), {
        groups: [{ name: "rules", rules: rulesBehind(each) }],
      });
      writeYaml(tests, {
        rule_files: [rules],
        // Over hours a rule need not be looked at with every sample.
        evaluation_interval: Duration.parse(each.at).seconds > HOUR ? "1m" : INTERVAL,
        tests: ruleTests(each),
      });
      return tests;
    });
    return failed(promtool, files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeYaml(file: string, value: object): void {
  writeFileSync(file, stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }));
}

const rulesOf = new WeakMap<Stack, readonly (AlertRule | RecordingRule)[]>();

/**
 * The rules of a case's alert and, before them, all that record what they ask for. The others of the
 * stack change nothing, and to evaluate them every time takes most of the time.
 */
function rulesBehind({ alert, stack }: AlertCase): (AlertRule | RecordingRule)[] {
  const all = rulesOf.get(stack) ?? ruleGroups(stack).flatMap(({ rules }) => rules);
  rulesOf.set(stack, all);
  const needed = new Set(all.filter((rule) => "alert" in rule && rule.alert === alert));
  for (const rule of needed) {
    for (const other of all) {
      if ("record" in other && rule.expr.includes(other.record)) needed.add(other);
    }
  }
  // The last found are asked for by those before them.
  return [...needed].sort((a, b) => depth(b, all) - depth(a, all));
}

/** How many steps a rule is from what is asked for last: a record comes before who asks for it. */
function depth(
  rule: AlertRule | RecordingRule,
  all: readonly (AlertRule | RecordingRule)[],
): number {
  if ("alert" in rule) return 0;
  const askers = all.filter((other) => other !== rule && other.expr.includes(rule.record));
  return 1 + Math.max(0, ...askers.map((asker) => depth(asker, all)));
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

/** promtool's complaints, by the name of the test. */
function failed(promtool: string, files: readonly string[]): ReadonlyMap<string, string> {
  try {
    execFileSync(promtool, ["test", "rules", ...files], { encoding: "utf8", stdio: "pipe" });
    return new Map();
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const [head = "", ...rest] = `${stderr}${stdout}`.split(/^ {4}name: /m);
    if (rest.length === 0) throw new Error(`promtool: ${head}`, { cause: error });
    const failures = new Map<string, string>();
    for (const text of rest) {
      const name = text.slice(0, text.indexOf(",\n"));
      failures.set(name, `${failures.get(name) ?? ""}${text}`);
    }
    return failures;
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
