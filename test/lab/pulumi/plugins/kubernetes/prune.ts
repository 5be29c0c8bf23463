import { isProperties, type Properties, type Value } from "../protocol/values";

/**
 * Reduces a live object to the fields that the inputs set. A field whose shape differs is kept as it
 * is; list items are matched by position. Values that the server drops because they are empty
 * (`false`, `0`, `""`, `[]`, `{}`) count as there.
 */
export function prune(live: Properties, inputs: Properties): Properties {
  const result: Properties = {};
  for (const [name, wanted] of Object.entries(inputs)) {
    const value = live[name];
    if (value !== undefined) result[name] = pruneValue(value, wanted);
    else if (isEmpty(wanted)) result[name] = wanted;
  }
  return result;
}

/** Whether the server leaves a value out of an object that it stores. */
export function isEmpty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isProperties(value)) return Object.values(value).every(isEmpty);
  return value === false || value === 0 || value === "" || value === null;
}

function pruneValue(live: Value, wanted: Value): Value {
  if (isProperties(live) && isProperties(wanted)) return prune(live, wanted);
  if (!Array.isArray(live) || !Array.isArray(wanted)) return live;
  if (kindOf(live[0]) !== kindOf(wanted[0]) && live.length > 0 && wanted.length > 0) return live;
  return wanted.slice(0, live.length).map((item, index) => pruneValue(live[index] ?? null, item));
}

function kindOf(value: Value | undefined): string {
  return Array.isArray(value) ? "list" : typeof value;
}
