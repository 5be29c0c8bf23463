import type { Value } from "../protocol/values";

const DECIMAL: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** Fields whose values, and whose fields' values, are quantities. */
const QUANTITY_FIELDS: ReadonlySet<string> = new Set([
  "capacity",
  "default",
  "defaultRequest",
  "divisor",
  "hard",
  "limits",
  "max",
  "min",
  "overhead",
  "requests",
  "sizeLimit",
]);

/** The number that a quantity such as `500m` or `1Gi` stands for, or undefined for other text. */
export function parseQuantity(value: Value): number | undefined {
  if (typeof value === "number") return value;
  const found =
    typeof value === "string" ? /^([+-]?[\d.]+)([eE][+-]?\d+|[a-zA-Z]*)$/.exec(value) : null;
  const amount = Number(found?.[1] ?? NaN);
  const unit = found?.[2] ?? "";
  if (Number.isNaN(amount)) return undefined;
  const exponent = /^[eE]([+-]?\d+)$/.exec(unit)?.[1];
  if (exponent !== undefined) return amount * 10 ** Number(exponent);
  const power = BINARY.indexOf(unit) + 1;
  const factor = power > 0 ? 1024 ** power : DECIMAL[unit];
  return factor === undefined ? undefined : amount * factor;
}

/** Whether the value at a path is a quantity, which the server writes in a form of its own. */
export function isQuantityPath(path: readonly (string | number)[]): boolean {
  return path.slice(-2).some((step) => typeof step === "string" && QUANTITY_FIELDS.has(step));
}

/** Whether two values are the same quantity. */
export function sameQuantity(left: Value, right: Value): boolean {
  const [one, other] = [parseQuantity(left), parseQuantity(right)];
  if (one === undefined || other === undefined) return false;
  return Math.abs(one - other) <= Math.abs(one) * 1e-12;
}
