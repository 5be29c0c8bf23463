import type { Difference, PropertyChange } from "../protocol/diff";
import { isProperties, type Properties } from "../protocol/values";
import { annotationOf, nameOf, namespaceOf, objectAt, withMetadata } from "./api-object";
import { compare, pathText, type FieldChange } from "./compare";
import { AUTONAMED } from "./name";
import { prune } from "./prune";
import { fixedFields, replaces, type Mutability } from "./replacement";
import { withDecodedData } from "./secret-data";

/** Fields of metadata that belong to the server. */
const SERVER_FIELDS = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/** The part of a live object that its inputs speak of, in their terms. */
export function inputsFromLive(live: Properties, inputs: Properties): Properties {
  return withoutServerFields(prune(withDecodedData(live, inputs), inputs));
}

/** Inputs without the fields that belong to the server. */
export function withoutServerFields(inputs: Properties): Properties {
  if (!isProperties(inputs["metadata"])) return inputs;
  return withMetadata(
    inputs,
    Object.fromEntries(SERVER_FIELDS.map((name): [string, undefined] => [name, undefined])),
  );
}

/** What would happen to an object: its live state, reduced to the old inputs, against the new inputs. */
export function diffObject(
  live: Properties,
  inputs: Properties,
  oldInputs: Properties,
  mutable: Mutability,
): Difference {
  const old = withMetadata(inputsFromLive(live, oldInputs), place(live, namespaceOf(live)));
  const name = objectAt(inputs, "metadata")["name"] ?? nameOf(live);
  const wanted = withMetadata(withoutServerFields(inputs), {
    ...place(live, namespaceOf(inputs)),
    name,
  });
  const fixed = fixedFields(inputs, mutable);
  const changes = compare(old, wanted).map((change) => toChange(change, fixed));
  const replaced = changes.some((change) => change.replaces);
  return { changes, deleteBeforeReplace: replaced && keepsName(live, inputs) };
}

/** The name and namespace to compare; an object outside namespaces has none. */
function place(live: Properties, namespace: string): Properties | { namespace: undefined } {
  if (namespaceOf(live) === "") return { namespace: undefined };
  return { name: nameOf(live), namespace: namespace === "" ? "default" : namespace };
}

function keepsName(live: Properties, inputs: Properties): boolean {
  const namespace = namespaceOf(inputs);
  return (
    annotationOf(inputs, AUTONAMED) !== "true" &&
    nameOf(inputs) === nameOf(live) &&
    (namespace === "" || namespace === namespaceOf(live))
  );
}

function toChange(change: FieldChange, fixed: readonly string[]): PropertyChange {
  return {
    property: pathText(change.path),
    kind: change.kind,
    replaces:
      replaces(change, fixed) || (change.kind === "delete" && change.path.join() === "metadata"),
  };
}
