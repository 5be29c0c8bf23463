import { isProperties, type Properties, type Value } from "./values";

/** The text of a property, or "" when it is not set. */
export function text(bag: Properties, name: string): string {
  const value = bag[name];
  return typeof value === "string" ? value : "";
}

/** The number of a property, or 0 when it is not set. */
export function number(bag: Properties, name: string): number {
  const value = bag[name];
  return typeof value === "number" ? value : 0;
}

/** Whether a property is set and true. */
export function flag(bag: Properties, name: string): boolean {
  return bag[name] === true;
}

/** The strings of a list property, or none when it is not set. */
export function strings(bag: Properties, name: string): string[] {
  return list(bag, name).filter((item) => typeof item === "string");
}

/** The objects of a list property, or none when it is not set. */
export function blocks(bag: Properties, name: string): Properties[] {
  return list(bag, name).filter(isProperties);
}

/** An object property, or undefined when it is not set. */
export function block(bag: Properties, name: string): Properties | undefined {
  const value = bag[name];
  return isProperties(value) ? value : undefined;
}

/** A map property with text values, or an empty one when it is not set. */
export function textMap(bag: Properties, name: string): Record<string, string> {
  const entries = Object.entries(block(bag, name) ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]));
}

/** `{label, value}` pairs as a map. */
export function labelMap(bag: Properties): Record<string, string> {
  return Object.fromEntries(
    blocks(bag, "labels").map((pair) => [text(pair, "label"), text(pair, "value")]),
  );
}

/** A map as `{label, value}` pairs. */
export function labelPairs(labels: Record<string, string> | null | undefined): Properties[] {
  return Object.entries(labels ?? {}).map(([label, value]) => ({ label, value }));
}

function list(bag: Properties, name: string): Value[] {
  const value = bag[name];
  return Array.isArray(value) ? value : [];
}

function plain(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
