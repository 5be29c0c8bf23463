/** What YAML and JSON can say. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/**
 * A value with nothing left to resolve, absent fields dropped.
 * @throws TypeError for what only a deployment knows, such as a secret's value.
 */
export function plainValue(value: unknown, path = "object"): PlainValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => plainValue(entry, `${path}[${index}]`));
  }
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, plainValue(entry, `${path}.${key}`)]),
    );
  }
  throw new TypeError(`${path} is known to a deployment alone and cannot be rendered.`);
}
