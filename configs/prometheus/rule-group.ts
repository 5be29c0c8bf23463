/** How urgent: critical wakes somebody, warning waits for the morning, none is for machines. */
export type Severity = "critical" | "warning" | "none";

/** An alerting rule in the subset that Prometheus 2.42 to 3.x all accept. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for?: string;
  readonly labels: {
    readonly severity: Severity;
    /** Where the expression leaves no label that tells one service's alert from another's. */
    readonly service?: string;
  };
  readonly annotations: {
    /** One static sentence. */
    readonly summary: string;
    /** What it means here, with the labels filled in. */
    readonly description: string;
  };
}

/** A group of rules that are evaluated together. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}
