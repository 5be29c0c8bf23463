import { z } from "zod";
import { Duration } from "../units/duration";
import { durationField, nameField } from "./fields";
import { mapping, section } from "./program-fields";

/** The severities that people are told of, the most urgent first. */
export const ROUTED_SEVERITIES = ["critical", "warning", "info"] as const;
/** A severity that people are told of. */
export type RoutedSeverity = (typeof ROUTED_SEVERITIES)[number];

const names = z.array(nameField, { error: "a list of receivers" });
const someNames = names.min(1, "a list of at least one receiver").optional();

const lists = {
  default: someNames.meta({
    description: "Who gets what no severity below says otherwise of.",
  }),
  critical: someNames.meta({ description: "Who gets critical alerts, which wake somebody." }),
  warning: names.optional().meta({
    description: "Who gets warnings, which wait for the morning; [] for nobody.",
  }),
  info: names.optional().meta({ description: "Who gets what is good to know; [] for nobody." }),
};

const span = (text: string, description: string) =>
  durationField.default(Duration.parse(text)).meta({ description });

/** Who gets which alert, and when. */
export const routesSchema = section(
  {
    ...lists,
    default: lists.default.meta({
      description: "Who gets what no severity below says otherwise of; default every receiver.",
    }),
    teams: z
      .record(
        nameField,
        mapping(lists, "Who gets a team's alerts; what it does not say is as for all."),
        { error: "a mapping of teams to receivers" },
      )
      .default({})
      .meta({ description: "Routes of their own for services and probes that name a `team`." }),
    groupWait: span("30s", "How long a first alert waits for others of its group."),
    groupInterval: span("5m", "How long a group waits before it tells what changed."),
    repeatInterval: section(
      {
        critical: span("4h", "Until a critical alert is told again."),
        warning: span("12h", "Until a warning is told again."),
        info: span("1d", "Until anything else is told again."),
      },
      "How long an alert that goes on waits before it is told again.",
    ),
  },
  "Who gets which alert: by severity, and by the team of a service or probe.",
);

/** Receivers by severity, of all or of one team. */
export type SeverityLists = Pick<z.output<typeof routesSchema>, RoutedSeverity | "default">;
