import { z } from "zod";
import type { AlertDefinition, AlertMember } from "../alerts/alert";
import { ALERT_DEFINITIONS } from "../alerts/catalog";
import type { Level, Threshold } from "../alerts/threshold";
import type { Duration } from "../units/duration";
import { durationField, nameField } from "./fields";
import { mapping } from "./program-fields";

const severityField = z
  .enum(["critical", "warning", "info"], { error: "critical, warning or info" })
  .optional()
  .meta({ description: "How urgent; who hears of it follows from the routes." });

const REASON_ALLOWED = "the reason, in a few words, for whoever misses the alert";
const offField = z
  .string({ error: REASON_ALLOWED })
  .regex(/^(?=.*\S.*\S.*\S).{3,200}$/, REASON_ALLOWED)
  .optional()
  .meta({ description: "Switches the alert off; says why." });

function thresholdField(threshold: Threshold) {
  return z
    .union([z.string().regex(threshold.pattern, threshold.allowed), z.number()], {
      error: threshold.allowed,
    })
    .transform((value, context) => {
      try {
        return threshold.read(String(value));
      } catch {
        context.issues.push({ code: "custom", message: threshold.allowed, input: value });
        return z.NEVER;
      }
    })
    .optional()
    .meta({ description: `From where on it fires: ${threshold.allowed} (${threshold.source}).` });
}

/** A setting that other alerts have; who writes it here is told why it means nothing. */
const meaningless = (why: string) => z.never({ error: why }).optional().meta({ description: why });

function changes(definition: AlertDefinition) {
  return {
    severity: severityField,
    off: offField,
    for:
      definition.for === undefined
        ? meaningless("no such setting: this alert fires at once")
        : durationField.optional().meta({
            description: `How long it must hold before it fires; default ${definition.for}.`,
          }),
    threshold: definition.threshold
      ? thresholdField(definition.threshold)
      : meaningless("no such setting: this alert has no threshold"),
  };
}

function alertField(definition: AlertDefinition) {
  const own = changes(definition);
  const members = (member: AlertMember) =>
    definition.per === member
      ? z
          .record(nameField, mapping(own, `What differs for this ${member}.`), {
            error: `a mapping of ${member} names to what differs for them`,
          })
          .optional()
          .meta({ description: `What differs for single ${member}s.` })
      : meaningless(`no such setting: this alert is not about single ${member}s`);
  return mapping(
    {
      ...own,
      services: members("service"),
      probes: members("probe"),
    },
    definition.summary,
  ).optional();
}

/** What a stack changes of an alert. */
export interface AlertChanges {
  readonly severity?: "critical" | "warning" | "info" | undefined;
  /** Switched off, for this reason. */
  readonly off?: string | undefined;
  readonly for?: Duration | undefined;
  readonly threshold?: Level | undefined;
}

/** What a stack changes of an alert, for all services or probes and for single ones. */
export interface AlertSettings extends AlertChanges {
  readonly services?: Readonly<Record<string, AlertChanges>> | undefined;
  readonly probes?: Readonly<Record<string, AlertChanges>> | undefined;
}

const shape: Record<string, z.ZodType<AlertSettings | undefined>> = Object.fromEntries(
  [...ALERT_DEFINITIONS].map(([name, definition]) => [name, alertField(definition)]),
);

/** Changes to alerts by name; what is not written keeps its default. */
export const alertRulesSchema = mapping(
  shape,
  "Changes to single alerts, by name: threshold, for, severity, off.",
).default({});
