import { isProperties, type Properties, type Value } from "../protocol/values";
import { listAt, objectAt, textAt, withMetadata, type ApiObject } from "./api-object";

/** The manager in whose name objects are created. */
export const CREATOR = "pulumi-kubernetes";

/** Managers whose fields an update takes over: kubectl's and those of other versions of the plugin. */
const TAKEN_OVER = [
  "kubectl",
  "before-first-apply",
  CREATOR,
  "pulumi-kubernetes.exe",
  "pulumi-resource-kubernetes",
];

/**
 * The JSON patch that hands the fields of kubectl and of the create to the manager of the updates, so
 * that its next apply owns them; undefined when there is nothing to hand over.
 */
export function takeOverPatch(live: ApiObject, manager: string): Properties[] | undefined {
  const entries = listAt(live, "metadata", "managedFields");
  const isOurs = (entry: Properties): boolean =>
    entry["manager"] === manager && entry["operation"] === "Apply";
  const taken = entries.filter((entry) => !isOurs(entry) && isTakenOver(entry));
  const model = entries.find(isOurs) ?? taken[0];
  if (taken.length === 0 || model === undefined) return undefined;
  const merged: Properties = {
    ...withoutSubresource(model),
    manager,
    operation: "Apply",
    fieldsV1: [model, ...taken]
      .map((entry) => objectAt(entry, "fieldsV1"))
      .reduce((left, right) => merge(left, right)),
  };
  const others = entries.filter((entry) => !isOurs(entry) && !taken.includes(entry));
  return [
    { op: "replace", path: "/metadata/managedFields", value: [...others, merged] },
    {
      op: "replace",
      path: "/metadata/resourceVersion",
      value: textAt(live, "metadata", "resourceVersion"),
    },
  ];
}

/** Whether a preview may take fields by force: the update itself would take them over first. */
export function mayForcePreview(live: ApiObject): boolean {
  const entries = listAt(live, "metadata", "managedFields");
  return entries.length === 0 || entries.some(isTakenOver);
}

/** An object without the record of who manages which field. */
export function withoutManagedFields(object: ApiObject): ApiObject {
  return withMetadata(object, { managedFields: undefined });
}

function isTakenOver(entry: Properties): boolean {
  return TAKEN_OVER.includes(textAt(entry, "manager")) && entry["subresource"] !== "status";
}

function withoutSubresource(entry: Properties): Properties {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== "subresource"));
}

function merge(left: Properties, right: Properties): Properties {
  const result = { ...left };
  for (const [key, value] of Object.entries(right)) result[key] = mergeValue(left[key], value);
  return result;
}

function mergeValue(left: Value | undefined, right: Value): Value {
  return isProperties(left) && isProperties(right) ? merge(left, right) : right;
}
