import { isProperties, type Value } from "../protocol/values";
import type { ApiObject } from "./api-object";

/** Fields of a custom resource's schema that programs write with underscores. */
const FIELDS = [
  "embedded-resource",
  "int-or-string",
  "list-map-keys",
  "list-type",
  "map-type",
  "preserve-unknown-fields",
  "validations",
].map((name) => `x-kubernetes-${name}`);
const TO_API = new Map(FIELDS.map((name) => [name.replaceAll("-", "_"), name]));
const TO_PROGRAM = new Map(FIELDS.map((name) => [name, name.replaceAll("-", "_")]));

/** A custom resource definition as the API has it; any other object as it is. */
export function withApiKeys(object: ApiObject): ApiObject {
  return renamed(object, TO_API);
}

/** A custom resource definition as programs write it; any other object as it is. */
export function withProgramKeys(object: ApiObject): ApiObject {
  return renamed(object, TO_PROGRAM);
}

function renamed(object: ApiObject, names: ReadonlyMap<string, string>): ApiObject {
  if (object["kind"] !== "CustomResourceDefinition") return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, rename(value, names)]),
  );
}

function rename(value: Value, names: ReadonlyMap<string, string>): Value {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [names.get(key) ?? key, rename(item, names)]),
  );
}
