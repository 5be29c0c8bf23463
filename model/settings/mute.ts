import { z } from "zod";
import { ROUTED_SEVERITIES } from "./alert-routes";
import { nameField } from "./fields";
import { mapping } from "./program-fields";

/** The days of a week, Monday first. */
export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

const TIMES_ALLOWED = "a span of the day such as 22:00-07:00, from 00:00 to 24:00";
const times = z
  .string({ error: TIMES_ALLOWED })
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, TIMES_ALLOWED)
  .refine((span) => span.slice(0, 5) !== span.slice(6), "a span of the day that is not empty");

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) => {
  const error = words.join(", ");
  return z
    .array(z.enum(words, { error }), { error: `a list of ${error}` })
    .min(1, `some of ${error}`);
};

const LOCATION_ALLOWED = "a time zone such as Europe/Berlin, written as the IANA database does";
const location = z
  .string({ error: LOCATION_ALLOWED })
  .refine(isTimeZone, LOCATION_ALLOWED)
  .default("UTC")
  .meta({ description: "The time zone that times and days are of." });

/** Stretches of time in which some alerts are not told; what goes on after them is. */
export const muteSchema = z
  .record(
    nameField,
    mapping(
      {
        times: z
          .array(times, { error: "a list of spans of the day" })
          .min(1, "a list of at least one span of the day")
          .optional()
          .meta({
            description:
              "Spans of the day; one that ends before it begins goes on past midnight. Default all day.",
          }),
        weekdays: oneOf(WEEKDAYS).optional().meta({
          description: "The days on which a span begins; default every day.",
        }),
        months: oneOf(MONTHS).optional().meta({ description: "Default every month." }),
        location,
        severities: oneOf(ROUTED_SEVERITIES)
          .default(["warning", "info"])
          .meta({ description: "What is not told then; critical only where it is written here." }),
        teams: z
          .array(nameField, { error: "a list of teams" })
          .min(1, "a list of at least one team")
          .optional()
          .meta({ description: "Whose alerts; default all, those of no team too." }),
      },
      "When alerts are not told, and which.",
    ),
    { error: "a mapping of names to times" },
  )
  .default({})
  .meta({
    description: "When some alerts are not told, by name. They stay on Alertmanager's page.",
  });

/** One such stretch with defaults filled in. */
export type MuteSettings = z.output<typeof muteSchema>[string];

/** Known to this machine, and in the spelling that a case-sensitive file system has. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
