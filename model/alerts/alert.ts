import type { Threshold } from "./threshold";

/**
 * How urgent: critical wakes somebody, warning waits for the morning, info is for whoever looks,
 * none is for machines.
 */
export type Severity = "critical" | "warning" | "info" | "none";

/** What single alerts may be about: a service, or something outside that is probed. */
export type AlertMember = "service" | "probe";

/** What is known of an alert before any stack: its name is the key that it stands under. */
export interface AlertDefinition {
  readonly severity: Severity;
  /** How long the condition must hold, such as `5m`; absent: fires at once. */
  readonly for?: string;
  readonly threshold?: Threshold;
  /** One static sentence for whoever is woken. */
  readonly summary: string;
  /** uid of the dashboard to look at first. */
  readonly dashboard: string;
  /** Watches each of these by itself: settings may differ among them, and the alert has the name. */
  readonly per?: AlertMember;
}

/** The alerts of one subject, by name. */
export type AlertDefinitions = Readonly<Record<string, AlertDefinition>>;
