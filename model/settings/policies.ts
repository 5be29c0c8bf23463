import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { POLICY_NAMES, type PolicyName } from "../policy-names";
import { switchField } from "./fields";
import { mapping, section } from "./program-fields";

const LEVELS = ["mandatory", "advisory", "disabled"] as const;
type SetLevel = (typeof LEVELS)[number];

const levelField = z
  .enum(LEVELS, { error: "mandatory, advisory or disabled" })
  .optional()
  .meta({ description: "mandatory stops a plan, a preview and an update; advisory is told." });

const levels: Record<string, z.ZodType<SetLevel | undefined>> = Object.fromEntries(
  POLICY_NAMES.map((name) => [name, levelField]),
);

const MOST_LETTERS_AMISS = 6;
const ruleField = z.enum(POLICY_NAMES, {
  error: ({ input }) => {
    const near = typeof input === "string" ? closest(input, [...POLICY_NAMES]) : undefined;
    const hint =
      near !== undefined && distance(String(input), near) <= MOST_LETTERS_AMISS
        ? `did you mean "${near}"? Known: `
        : "";
    return `${hint}${POLICY_NAMES.join(", ")}`;
  },
});

const REASON_ALLOWED = "the reason, in a few words, for whoever reviews the exception";
const EXPIRES_ALLOWED = "the last day on which it counts, such as 2027-03-31";
const RESOURCE_ALLOWED =
  "the name of a resource, as the plan has it; of the stack for what is about all of it";
const WORKLOAD_ALLOWED = "the name of a service or program, such as grafana";
const REGISTRY_ALLOWED =
  "a registry, or a path in one, without scheme and slash at the end, such as docker.io or ghcr.io/acme";

/** A day as it is written, and as Pulumi passes on what YAML takes for a time when it has no quotes. */
const DAY = /^(\d{4}-\d{2}-\d{2})(?: 00:00:00 \+0000 UTC)?$/;
const dayField = z
  .string({ error: EXPIRES_ALLOWED })
  .regex(DAY, EXPIRES_ALLOWED)
  .transform((text, context) => {
    const day = text.slice(0, "2027-03-31".length);
    const time = Date.parse(`${day}T00:00:00Z`);
    // 30 February is read as a day of March.
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
    context.issues.push({ code: "custom", message: EXPIRES_ALLOWED, input: text });
    return z.NEVER;
  });

const exceptionSchema = mapping(
  {
    rule: ruleField.meta({ description: "The policy." }),
    workload: z
      .string({ error: WORKLOAD_ALLOWED })
      .min(1, WORKLOAD_ALLOWED)
      .optional()
      .meta({ description: "Of what: everything of this workload." }),
    resource: z
      .string({ error: RESOURCE_ALLOWED })
      .min(1, RESOURCE_ALLOWED)
      .optional()
      .meta({ description: "Of what: one resource, or the whole stack by its name." }),
    reason: z
      .string({ error: REASON_ALLOWED })
      .regex(/^(?=.*\S.*\S.*\S).{3,200}$/, REASON_ALLOWED)
      .meta({ description: "Why it may be so." }),
    expires: dayField.meta({ description: "The last day on which it counts (UTC)." }),
  },
  "What may be as a policy does not allow, why, and until when.",
);

/** What a stack must hold to, and what is excepted. */
export const policiesSchema = section(
  {
    production: switchField.default(false).meta({
      description: "Whether people depend on this stack: policies of production hold.",
    }),
    registries: z
      .array(
        z
          .string({ error: REGISTRY_ALLOWED })
          .regex(/^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/, REGISTRY_ALLOWED),
        { error: `a list of registries: ${REGISTRY_ALLOWED}` },
      )
      .min(1, "at least one registry")
      .optional()
      .meta({ description: "Where images may come from; default anywhere." }),
    levels: mapping(
      levels,
      "What a violation does, by policy, where the default does not suit.",
    ).default({}),
    exceptions: z
      .array(exceptionSchema, {
        error: "a list of exceptions, each with rule, workload or resource, reason and expires",
      })
      .default([])
      .meta({ description: "Single things that policies do not apply to, for a while." }),
  },
  "Policies: what a plan, a preview and an update refuse (docs/policies.md).",
);

/** With defaults filled in. */
export type PolicySettings = Omit<z.output<typeof policiesSchema>, "levels"> & {
  readonly levels: Readonly<Partial<Record<PolicyName, SetLevel | undefined>>>;
};

/** One exception. */
export type PolicyException = z.output<typeof exceptionSchema>;
