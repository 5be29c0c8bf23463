import { hasUnknown, isProperties, type Properties, type Value } from "../protocol/values";
import { isEmpty } from "./prune";
import { isQuantityPath, sameQuantity } from "./quantity";

/** Where a field is: names and list positions. */
export type Path = readonly (string | number)[];

/** How one field differs. */
export interface FieldChange {
  path: Path;
  kind: "add" | "delete" | "update";
  /** The new value, undefined for a deleted field. */
  value: Value | undefined;
}

/** Compares two objects field by field. */
export function compare(old: Properties, wanted: Properties, path: Path = []): FieldChange[] {
  const names = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...names].flatMap((name) => compareValue([...path, name], old[name], wanted[name]));
}

function compareValue(
  path: Path,
  old: Value | undefined,
  wanted: Value | undefined,
): FieldChange[] {
  if (old === undefined && wanted === undefined) return [];
  if (wanted === undefined) {
    return isEmpty(old ?? null) ? [] : [{ path, kind: "delete", value: undefined }];
  }
  if (old === undefined) return [{ path, kind: "add", value: wanted }];
  if (isProperties(old) && isProperties(wanted)) return compare(old, wanted, path);
  if (Array.isArray(old) && Array.isArray(wanted)) {
    const longest = Math.max(old.length, wanted.length);
    return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
      compareValue([...path, index], old[index], wanted[index]),
    );
  }
  if (!hasUnknown(wanted) && same(path, old, wanted)) return [];
  return [{ path, kind: "update", value: wanted }];
}

function same(path: Path, old: Value, wanted: Value): boolean {
  if (JSON.stringify(old) === JSON.stringify(wanted)) return true;
  return isQuantityPath(path) && sameQuantity(old, wanted);
}

/** A path as the engine writes it: `spec.containers[0].image`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[."[\]]/.test(step)) return `${text}["${step.replaceAll('"', '\\"')}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
