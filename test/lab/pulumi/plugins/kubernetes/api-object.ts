import { isProperties, type Properties, type Value } from "../protocol/values";

/** An object of the Kubernetes API, as JSON. */
export type ApiObject = Properties;

/** The value at a path of field names and list positions, or undefined when there is none. */
export function at(
  object: Value | undefined,
  ...path: readonly (string | number)[]
): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (typeof step === "number") return Array.isArray(value) ? value[step] : undefined;
    return isProperties(value) ? value[step] : undefined;
  }, object);
}

/** The text at a path, "" when there is none. */
export function textAt(object: Value | undefined, ...path: readonly (string | number)[]): string {
  const value = at(object, ...path);
  return typeof value === "string" ? value : "";
}

/** The number at a path, 0 when there is none. */
export function numberAt(object: Value | undefined, ...path: readonly (string | number)[]): number {
  const value = at(object, ...path);
  return typeof value === "number" ? value : 0;
}

/** The object at a path, an empty one when there is none. */
export function objectAt(
  object: Value | undefined,
  ...path: readonly (string | number)[]
): Properties {
  const value = at(object, ...path);
  return isProperties(value) ? value : {};
}

/** The objects in the list at a path. */
export function listAt(
  object: Value | undefined,
  ...path: readonly (string | number)[]
): Properties[] {
  const value = at(object, ...path);
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** An object's name. */
export function nameOf(object: ApiObject): string {
  return textAt(object, "metadata", "name");
}

/** An object's namespace, "" for one that has none. */
export function namespaceOf(object: ApiObject): string {
  return textAt(object, "metadata", "namespace");
}

/** An annotation's text, "" when it is not set. */
export function annotationOf(object: ApiObject, key: string): string {
  return textAt(object, "metadata", "annotations", key);
}

/** What identifies an object in the state: `namespace/name`, or the name where there is no namespace. */
export function idOf(object: ApiObject): string {
  const namespace = namespaceOf(object);
  return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

/** Whether an object has a controller or another owner with the uid of `owner`. */
export function isOwnedBy(object: ApiObject, owner: ApiObject | undefined): boolean {
  const uid = textAt(owner, "metadata", "uid");
  return (
    uid !== "" && listAt(object, "metadata", "ownerReferences").some((each) => each["uid"] === uid)
  );
}

/** The condition of a type in an object's status. */
export function conditionOf(object: ApiObject, type: string): Properties | undefined {
  return listAt(object, "status", "conditions").find((condition) => condition["type"] === type);
}

/** Whether the condition of a type is `True`. */
export function holds(object: ApiObject, type: string): boolean {
  return conditionOf(object, type)?.["status"] === "True";
}

/** An object with other metadata fields; a field that is undefined is taken away. */
export function withMetadata(
  object: ApiObject,
  fields: Record<string, Value | undefined>,
): ApiObject {
  const merged: Record<string, Value | undefined> = { ...objectAt(object, "metadata"), ...fields };
  const metadata: Properties = {};
  for (const [name, value] of Object.entries(merged)) {
    if (value !== undefined) metadata[name] = value;
  }
  return { ...object, metadata };
}
