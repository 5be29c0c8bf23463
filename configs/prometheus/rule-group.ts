import type { Severity } from "../../model/alerts/alert";

/** An alerting rule in the subset that Prometheus 2.42 to 3.x all accept. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>> & {
    readonly severity: Severity;
  };
  readonly annotations: {
    /** One static sentence. */
    readonly summary: string;
    /** What it means here, with the labels filled in. */
    readonly description: string;
    /** What to do. */
    readonly runbook_url?: string;
    /** Where to look first. */
    readonly dashboard_url?: string;
  };
}

/** A series made of others, named `level:metric:operations`. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  /** How often, such as `1m`; absent: as often as the stack is scraped. */
  readonly interval?: string;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

/** The alerts among a group's rules. */
export function alertsOf({ rules }: RuleGroup): AlertRule[] {
  return rules.flatMap((rule) => ("alert" in rule ? [rule] : []));
}
