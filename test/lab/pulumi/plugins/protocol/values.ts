/** A value as it crosses the provider protocol. */
export type Value = null | boolean | number | string | Value[] | Properties;

/** A property bag: a resource's inputs or its state. */
export interface Properties {
  [key: string]: Value;
}

/** What stands for a string that is not known in a preview; also sent for outputs not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine's sentinels for values that are not known, one for each kind of value. */
const UNKNOWN_SENTINELS: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Narrows anything that came out of JSON or a protobuf struct. */
export function toValue(raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return raw.map(toValue);
  if (typeof raw === "object") return toProperties(raw);
  throw new Error(`a ${typeof raw} cannot be a property`);
}

/** Narrows an object; entries that are null count as not set. */
export function toProperties(raw: object | null | undefined): Properties {
  const entries: [string, Value][] = Object.entries(raw ?? {}).map(([key, value]) => [
    key,
    toValue(value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** Whether the value is an object and no list. */
export function isProperties(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the value is, or holds somewhere, something not known yet. */
export function hasUnknown(value: Value | undefined): boolean {
  if (typeof value === "string") return UNKNOWN_SENTINELS.has(value);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isProperties(value) && Object.values(value).some(hasUnknown);
}

/** A short rendering of a value for an error message. */
export function show(value: Value | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
