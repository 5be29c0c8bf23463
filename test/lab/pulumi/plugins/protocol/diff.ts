import type { Rule, Schema, Shape } from "./schema";
import { hasUnknown, isProperties, type Properties, type Value } from "./values";

/** How one property differs. */
export interface PropertyChange {
  property: string;
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

/** What would happen to a resource. */
export interface Difference {
  changes: PropertyChange[];
  deleteBeforeReplace: boolean;
}

/** Compares the state of a resource with its new inputs, property by property. */
export function diffProperties(
  schema: Schema,
  state: Properties,
  inputs: Properties,
): PropertyChange[] {
  return Object.entries(schema.rules)
    .filter(([name, rule]) => differs(rule, state[name], inputs[name]))
    .map(([name, rule]) => ({
      property: name,
      kind: !(name in inputs) ? "delete" : name in state ? "update" : "add",
      replaces: rule.change === "replace",
    }));
}

/** Whether a property would change: an input left out is compared with its default or with nothing. */
export function differs(rule: Rule, old: Value | undefined, input: Value | undefined): boolean {
  if (hasUnknown(input)) return true;
  const wanted = input ?? rule.default;
  if (wanted === undefined && rule.computed === true) return false;
  if (rule.emptyKeeps === true && (wanted === undefined || wanted === "")) return false;
  const current = wanted === undefined ? old : withoutComputed(rule, old, wanted);
  return canonical(rule, current) !== canonical(rule, wanted);
}

/** Drops from the old items the fields that the plugin fills in and the new items leave out. */
function withoutComputed(rule: Rule, old: Value | undefined, wanted: Value): Value | undefined {
  if (rule.kind !== "blockList" || !Array.isArray(old) || !Array.isArray(wanted)) return old;
  const filled = Object.entries(rule.fields ?? {})
    .filter(([, shape]) => shape.computed)
    .map(([name]) => name);
  return old.map((item, index) => {
    const counterpart = wanted[index];
    if (!isProperties(item) || !isProperties(counterpart)) return item;
    const kept = Object.entries(item).filter(
      ([key]) => !filled.includes(key) || key in counterpart,
    );
    return Object.fromEntries(kept);
  });
}

/** A text equal for equal values; a missing value is equal to the empty one of its kind. */
export function canonical(shape: Shape, value: Value | undefined): string {
  const found = normal(shape, value);
  return found === undefined ? "" : JSON.stringify(found);
}

function normal(shape: Shape, value: Value | undefined): Value | undefined {
  const given = value ?? shape.default;
  if (given === undefined || given === "" || given === 0 || given === false) return undefined;
  if (given === null) return undefined;
  switch (shape.kind) {
    case "string":
    case "integer":
    case "boolean":
      return given;
    case "list":
      return Array.isArray(given) && given.length === 0 ? undefined : given;
    case "set":
      return Array.isArray(given) ? unique(given.map((item) => JSON.stringify(item))) : given;
    case "map":
      return isProperties(given) ? sorted(given) : given;
    case "block":
      return isProperties(given) ? normalFields(shape, given) : given;
    case "blockList":
      if (!Array.isArray(given) || given.length === 0) return undefined;
      return given.map((item) => (isProperties(item) ? (normalFields(shape, item) ?? {}) : item));
    case "blockSet":
      if (!Array.isArray(given)) return given;
      return unique(given.map((item) => itemText(shape, item)));
  }
}

function itemText(shape: Shape, item: Value): string {
  const fields = isProperties(item) ? normalFields(shape, item) : item;
  return fields === undefined ? "" : JSON.stringify(fields);
}

function normalFields(shape: Shape, given: Properties): Properties | undefined {
  const result: Properties = {};
  for (const [name, field] of Object.entries(shape.fields ?? {})) {
    const value = normal(field, given[name]);
    if (value !== undefined) result[name] = value;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function sorted(given: Properties): Properties | undefined {
  const entries = Object.entries(given).sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function unique(texts: string[]): Value | undefined {
  return texts.length === 0 ? undefined : [...new Set(texts)].sort();
}
