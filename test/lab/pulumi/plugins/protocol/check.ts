import type { Schema, Shape } from "./schema";
import { hasUnknown, isProperties, show, type Properties, type Value } from "./values";

/** A property that cannot be accepted, and why. */
export interface Failure {
  property: string;
  reason: string;
}

/** The inputs with defaults filled in, and everything that is wrong with them. */
export interface Checked {
  inputs: Properties;
  failures: Failure[];
}

/** Checks inputs against a schema: unknown names, kinds, ranges, patterns, what is required. */
export function checkInputs(schema: Schema, news: Properties): Checked {
  const failures: Failure[] = [];
  const refused = schema.refused ?? [];
  for (const name of refused.filter((each) => each in news)) {
    const reason = `the test plugin does not simulate it (found ${show(news[name])}): leave it out`;
    failures.push({ property: name, reason });
  }
  const rest = Object.fromEntries(Object.entries(news).filter(([name]) => !refused.includes(name)));
  return { inputs: checkBlock(schema.rules, rest, "", failures), failures };
}

function checkBlock(
  fields: Readonly<Record<string, Shape>>,
  given: Properties,
  path: string,
  failures: Failure[],
): Properties {
  const result: Properties = {};
  for (const name of Object.keys(given).filter((each) => !(each in fields))) {
    const allowed = Object.keys(fields).join(", ");
    const reason = `no such property (found ${show(given[name])}); allowed: ${allowed}`;
    failures.push({ property: path + name, reason });
  }
  for (const [name, shape] of Object.entries(fields)) {
    const value = given[name] ?? shape.default;
    if (value !== undefined) result[name] = checkValue(shape, value, path + name, failures);
    else if (shape.required) failures.push({ property: path + name, reason: "required, not set" });
  }
  return result;
}

function checkValue(shape: Shape, value: Value, path: string, failures: Failure[]): Value {
  if (typeof value === "string" && hasUnknown(value)) return value;
  const refuse = (allowed: string): Value => {
    failures.push({ property: path, reason: `found ${show(value)}; allowed: ${allowed}` });
    return value;
  };
  switch (shape.kind) {
    case "string":
      if (typeof value !== "string") return refuse("a string");
      return shape.pattern?.test(value) === false
        ? refuse(shape.allowed ?? String(shape.pattern))
        : value;
    case "integer": {
      const least = shape.minimum ?? Number.MIN_SAFE_INTEGER;
      if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
      return refuse(shape.minimum === undefined ? "a whole number" : `a whole number >= ${least}`);
    }
    case "boolean":
      return typeof value === "boolean" ? value : refuse("true or false");
    case "list":
    case "set":
      if (!Array.isArray(value)) return refuse("a list of strings");
      return value.every((item) => typeof item === "string") ? value : refuse("a list of strings");
    case "map":
      if (!isProperties(value)) return refuse("an object with string values");
      return Object.values(value).every((item) => typeof item === "string")
        ? value
        : refuse("an object with string values");
    case "block":
      if (!isProperties(value)) return refuse("an object");
      return checkBlock(shape.fields ?? {}, value, `${path}.`, failures);
    case "blockList":
    case "blockSet":
      if (!Array.isArray(value)) return refuse("a list of objects");
      return value.map((item, index) => checkItem(shape, item, `${path}[${index}]`, failures));
  }
}

function checkItem(shape: Shape, item: Value, path: string, failures: Failure[]): Value {
  return checkValue({ kind: "block", fields: shape.fields ?? {} }, item, path, failures);
}
