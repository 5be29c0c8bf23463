import { checkOperatorAlerts } from "./operator-alert-checks";
import type { Problem } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";
import { written, writtenKeys } from "./written";

/** What may be said of Prometheus where it is the cluster's own. */
const LEFT: readonly string[] = ["enabled", "mode", "operator", "query", "scrapeInterval"];

/** The operator is said where it is meant, and nothing is said of servers that then are not there. */
export function checkOperator(settings: Settings, raw: RawSettings): Problem[] {
  const { platform, monitoring, prometheus, grafana } = settings;
  if (prometheus.mode === "server") {
    if (prometheus.operator === undefined || written(raw, "prometheus", "mode") === "operator") {
      return [];
    }
    return [
      {
        setting: "whalewatch:prometheus.operator",
        found: "an operator beside mode: server",
        allowed: "mode: operator, or no such section",
      },
    ];
  }
  // On Docker it is refused anyway.
  if (platform === "docker" || !monitoring.enabled) return [];
  const problems: Problem[] = [
    ...besideOperator("prometheus", LEFT, raw),
    ...besideOperator("alertmanager", ["enabled"], raw),
    ...checkOperatorAlerts(settings),
  ];
  for (const label of Object.keys(prometheus.operator?.labels ?? {})) {
    // They are how the stack's objects are known, and these are no exception.
    if (!label.startsWith("app.kubernetes.io/")) continue;
    problems.push({
      setting: `whalewatch:prometheus.operator.labels.${label}`,
      found: "a label that the program sets itself",
      allowed: "any other label that the selectors of the cluster's Prometheus ask for",
    });
  }
  if (prometheus.operator === undefined && written(raw, "prometheus", "operator") === undefined) {
    problems.push({
      setting: "whalewatch:prometheus.operator",
      found: "nothing beside mode: operator",
      allowed: "namespace and labels of the cluster's Prometheus; its selectors ask for the labels",
    });
  }
  if (
    grafana.enabled &&
    prometheus.query === undefined &&
    written(raw, "prometheus", "query") === undefined
  ) {
    problems.push({
      setting: "whalewatch:prometheus.query",
      found: "nothing beside mode: operator, and Grafana has to ask somebody",
      allowed:
        "the url of the cluster's Prometheus, such as http://prometheus-operated.monitoring.svc:9090, or grafana.enabled: false",
    });
  }
  return problems;
}

function besideOperator(program: string, allowed: readonly string[], raw: RawSettings): Problem[] {
  return writtenKeys(raw, program)
    .filter((key) => !allowed.includes(key))
    .map((key) => ({
      setting: `whalewatch:${program}.${key}`,
      found: "a setting of the stack's own server beside prometheus.mode: operator",
      allowed: "nothing: it is set at the cluster's own; or prometheus.mode: server",
    }));
}
