import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { looksSecret } from "../../model/settings/secret-checks";
import { type DeclaredResource, MASKED } from "./declared-resources";
import { type Finding, shown } from "./finding";

const stateSchema = z.object({
  type: z.string(),
  custom: z.boolean().default(false),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
});
const stepSchema = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: stateSchema.nullish(),
  newState: stateSchema.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});
const digestSchema = z.object({
  steps: z.array(stepSchema).nullish(),
  diagnostics: z.array(z.object({ severity: z.string(), message: z.string() })).nullish(),
});

type Step = z.output<typeof stepSchema>;

/** Steps that say nothing by themselves: the others of a replacement do. */
const SILENT = new Set([
  "same",
  "refresh",
  "read",
  "read-replacement",
  "create-replacement",
  "delete-replaced",
]);
const KUBERNETES_SECRET = "kubernetes:core/v1:Secret";

/** What a preview tells. */
export interface Previewed {
  readonly findings: readonly Finding[];
  /** What kept it from looking at everything. */
  readonly errors: readonly string[];
}

/**
 * What a `pulumi preview --refresh --json` would change: what the providers find otherwise than
 * declared, and what was declared since the last update.
 * @param declared the state before the refresh.
 * @returns undefined when the text is no such digest.
 */
export function previewFindings(
  text: string,
  declared: readonly DeclaredResource[],
): Previewed | undefined {
  const digest = digestSchema.safeParse(jsonOf(text));
  if (!digest.success) return undefined;
  const known = new Map(declared.map((resource) => [resource.urn, resource]));
  const errors = (digest.data.diagnostics ?? []).flatMap(({ severity, message }) =>
    severity === "error" ? [message.trim()] : [],
  );
  const findings = (digest.data.steps ?? [])
    .filter(({ op, newState, oldState }) => {
      // A component is nothing but what is in it, which has steps of its own.
      return !SILENT.has(op) && (newState ?? oldState)?.custom !== false;
    })
    .flatMap((step) => findingsOf(step, known.get(step.urn)));
  return { findings, errors };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findingsOf(step: Step, before: DeclaredResource | undefined): Finding[] {
  const { op, urn } = step;
  const told = { resource: urn.split("::").at(-1) ?? urn, urn, mend: { by: "refresh" } as const };
  const existence = { ...told, property: "existence" };
  if (op === "create") {
    return before === undefined
      ? [{ ...existence, declared: "exists", found: "not made yet", cause: "undeployed" }]
      : [{ ...existence, declared: "exists", found: "absent", cause: "drift" }];
  }
  if (op === "delete") {
    return [{ ...existence, declared: "absent", found: "exists", cause: "undeployed" }];
  }
  const paths = Object.keys(step.detailedDiff ?? {});
  return (paths.length > 0 ? paths : (step.diffReasons ?? [])).map((property) => ({
    ...told,
    property,
    ...sides(step, property),
    cause: isSince(step, before, property) ? "undeployed" : "drift",
  }));
}

/** Whether the program now declares another value than the last update did. */
function isSince(
  { newState }: Step,
  before: DeclaredResource | undefined,
  property: string,
): boolean {
  if (before === undefined) return true;
  return !isDeepStrictEqual(at(newState?.inputs, property), at(before.shownInputs, property));
}

function sides(
  { oldState, newState }: Step,
  property: string,
): { declared: string; found: string } {
  const hidden =
    newState?.type === KUBERNETES_SECRET || segments(property).some((name) => looksSecret(name));
  if (hidden) return { declared: MASKED, found: "differs" };
  const declared = at(newState?.inputs, property);
  const found = at(oldState?.outputs, property) ?? at(oldState?.inputs, property);
  // Whoever set a variable by hand may have set a secret.
  const variable = /\benvs?\b/.test(property);
  return { declared: shown(declared), found: variable ? "differs" : shown(found) };
}

/** Names and places of a property path such as `spec.containers[0].image` or `labels["a.b/c"]`. */
function segments(property: string): string[] {
  return [...property.matchAll(/"((?:[^"\\]|\\.)*)"|[^.[\]"]+/g)].map(
    ([whole, quoted]) => quoted ?? whole,
  );
}

function at(value: unknown, property: string): unknown {
  return segments(property).reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null
        ? Object.entries(inner).find(([key]) => key === name)?.[1]
        : undefined,
    value,
  );
}
