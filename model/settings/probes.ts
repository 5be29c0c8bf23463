import { z } from "zod";
import { Duration } from "../units/duration";
import { durationField, nameField, wholeNumberField } from "./fields";
import { cidrField, outsideUrlField } from "./outside-fields";
import { mapping } from "./program-fields";

const STATUS_ALLOWED = "an HTTP status from 200 to 599, or a list of such";
const status = wholeNumberField(200, 599);
const TEXT_ALLOWED = "1 to 200 characters in one line, none of them a control character";

/** Something outside the stack that is asked whether it answers. */
export const probeSchema = mapping(
  {
    url: outsideUrlField.meta({
      description: "What is asked, by GET and without a login; a redirect is not followed.",
    }),
    expect: mapping(
      {
        status: z
          .union([status, z.array(status).min(1, STATUS_ALLOWED)], { error: STATUS_ALLOWED })
          .transform((value) => (typeof value === "number" ? [value] : value))
          .optional()
          .meta({ description: "The status of a good answer, or several; default any 2xx." }),
        text: z
          .string({ error: TEXT_ALLOWED })
          .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u, TEXT_ALLOWED)
          .optional()
          .meta({ description: "Text that a good answer holds, letter by letter; default any." }),
      },
      "What a good answer is.",
    ).prefault({}),
    every: durationField
      .default(Duration.parse("1m"))
      .meta({ description: "How often it is asked, from 5s to 2m." }),
    timeout: durationField
      .default(Duration.seconds(10))
      .meta({ description: "How long it may take to answer; shorter than `every`." }),
    team: nameField.optional().meta({
      description: "Whose it is: its alerts go where alerts.routes.teams says for that team.",
    }),
    cidr: cidrField.optional(),
  },
  "A URL outside the stack: a public page of the team's, an API of somebody else.",
);

/** All of them, by name. */
export const probesSchema = z
  .record(nameField, probeSchema, { error: "a mapping of names to probes, each with a url" })
  .default({})
  .meta({ description: "URLs outside the stack that are asked whether they answer, by name." });

/** A probe with defaults filled in. */
export type ProbeSettings = z.output<typeof probeSchema>;
