import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { checkSettings } from "./checks";
import { type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import { type Settings, settingsSchema } from "./schema";

/** The outcome: settings to build from, or every problem at once. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a stack file whole. Fields that cannot be read are reported and left out, so that what
 * depends on several fields (ports, needs, budget) is still checked in the same run.
 */
export function parseSettings(raw: RawSettings): ParsedSettings {
  const problems = raw.encryptedKeys.map((key): Problem => ({
    setting: `whalewatch:${key}`,
    found: "an encrypted value",
    allowed: `plain settings; keep the secret with "pulumi config set --secret secrets:NAME" and name it in a service's secrets`,
  }));
  // By now Pulumi has decrypted them, and a complaint about the value would print it.
  const plain = Object.entries(raw.values).filter(([key]) => !raw.encryptedKeys.includes(key));
  const readable = readableSettings(Object.fromEntries(plain), problems);
  // What was unreadable is absent from here on; that is no second problem of the same setting.
  const reported = new Set(problems.map(({ setting }) => setting));
  const spanning = checkSettings(readable, raw);
  problems.push(...spanning.filter(({ setting }) => !reported.has(setting)));
  return problems.length === 0 ? { ok: true, settings: readable } : { ok: false, problems };
}

type Tree = Record<PropertyKey, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), tree);
}

/** What to leave out for an issue: the value complained about, or what lacks it. */
function culprit(tree: Tree, path: readonly PropertyKey[]): readonly PropertyKey[] {
  return path.length === 0 || valueAt(tree, path) !== undefined
    ? path
    : culprit(tree, path.slice(0, -1));
}

/** A list goes as a whole: without one of its entries the others would move. */
function inList(path: readonly PropertyKey[]): readonly PropertyKey[] {
  const index = path.findIndex((key) => typeof key === "number");
  return index < 0 ? path : path.slice(0, index);
}

function remove(tree: Tree, path: readonly PropertyKey[]): void {
  const parent = valueAt(tree, path.slice(0, -1));
  const key = path.at(-1);
  if (key !== undefined && isTree(parent)) delete parent[key];
}

/**
 * What stands in for a required field that cannot be read, so that the rest of its service is still
 * checked. The smallest limits: the budget must not complain about what nobody wrote.
 */
const STAND_INS: ReadonlyMap<PropertyKey, unknown> = new Map<PropertyKey, unknown>([
  ["image", "unreadable:0"],
  ["limits", { memory: "6Mi", cpu: "100m" }],
  ["memory", "6Mi"],
  ["cpu", "100m"],
]);

/** Fills a required field in; false where there is none of that name, or where that did not help. */
function standIn(tree: Tree, path: readonly PropertyKey[]): boolean {
  const parent = valueAt(tree, path.slice(0, -1));
  const key = path.at(-1);
  const value = key === undefined ? undefined : STAND_INS.get(key);
  if (key === undefined || value === undefined || !isTree(parent)) return false;
  if (JSON.stringify(parent[key]) === JSON.stringify(value)) return false;
  parent[key] = structuredClone(value);
  return true;
}

/** Parses again and again without the unreadable fields; each first complaint becomes a problem. */
function readableSettings(values: RawSettings["values"], problems: Problem[]): Settings {
  const tree: Tree = structuredClone(values);
  for (let first = true; ; first = false) {
    const result = settingsSchema.safeParse(tree);
    if (result.success) return result.data;
    const { issues } = result.error;
    if (first) problems.push(...issues.flatMap((issue) => describeIssue(issue, values)));
    const culprits = issues.flatMap((issue) => {
      if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
      return standIn(tree, issue.path) ? [] : [culprit(tree, inList(issue.path))];
    });
    for (const path of culprits) remove(tree, path);
  }
}

function describeIssue(issue: z.core.$ZodIssue, values: unknown): Problem[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => ({
      setting: settingName([...issue.path, key]),
      found: "an unknown setting",
      allowed: `${didYouMean(key, known)}${listed(known)}`,
    }));
  }
  if (issue.code === "invalid_key") {
    return [
      {
        setting: settingName(issue.path),
        found: `the name ${show(issue.path.at(-1))}`,
        allowed: issue.issues[0]?.message ?? issue.message,
      },
    ];
  }
  const deepest = issue.code === "invalid_union" ? deepestOf(issue) : issue;
  const path = [...issue.path, ...(deepest === issue ? [] : deepest.path)];
  return [
    {
      setting: settingName(path),
      found: show(valueAt(values, path)),
      allowed: deepest.message,
    },
  ];
}

/** Of a choice of forms, the complaint inside the form that was meant, if one was entered at all. */
function deepestOf(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue {
  const entered = issue.errors.flat().find((inner) => inner.path.length > 0);
  return entered ?? issue;
}

function settingName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "whalewatch" : `whalewatch:${path.map(String).join(".")}`;
}

const MOST_KEYS_LISTED = 30;

/** A list that a person would read; of a longer one, where it stands. */
function listed(known: readonly string[]): string {
  return known.length > MOST_KEYS_LISTED
    ? `${known.length} names, which stack.schema.json has`
    : known.join(", ");
}

function didYouMean(key: string, known: readonly string[]): string {
  const nearest = known.length === 0 ? undefined : closest(key, known);
  const near = nearest !== undefined && distance(key, nearest) <= Math.ceil(key.length / 3);
  return near ? `did you mean "${nearest}"? Known: ` : "";
}

/** The keys a section may have, found by walking the schema along a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = settingsSchema;
  for (const key of path) schema = inside(schema, key);
  const { def } = definition(unwrapped(schema));
  return isTree(def["shape"]) ? Object.keys(def["shape"]) : [];
}

function definition(schema: unknown): { def: Tree } {
  return isTree(schema) && isTree(schema["def"]) ? { def: schema["def"] } : { def: {} };
}

/** Strips defaults, optionality and transforms; of a choice, takes the form that has keys. */
function unwrapped(schema: unknown): unknown {
  const { def } = definition(schema);
  if (isTree(def["innerType"])) return unwrapped(def["innerType"]);
  if (isTree(def["in"])) return unwrapped(def["in"]);
  if (Array.isArray(def["options"])) {
    return def["options"].map(unwrapped).find((form) => isTree(definition(form).def["shape"]));
  }
  return schema;
}

function inside(schema: unknown, key: PropertyKey): unknown {
  const { def } = definition(unwrapped(schema));
  if (isTree(def["shape"])) return def["shape"][key];
  return def["valueType"] ?? def["element"];
}
