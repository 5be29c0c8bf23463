import type { Value } from "./values";

/**
 * What the plugin does when a property changes:
 * - `replace`: the object is made anew;
 * - `apply`: it is changed in place;
 * - `record`: only the state changes, the object needs nothing;
 * - `never-applied`: shown as an update and written to the state, but the object stays as it was.
 */
export type Change = "replace" | "apply" | "record" | "never-applied";

/**
 * The shape of a value. In a `set` and a `blockSet` order and repetition mean nothing;
 * a `block` is one object with known fields, a `map` one with free keys.
 */
export type Kind =
  "string" | "integer" | "boolean" | "list" | "set" | "map" | "block" | "blockList" | "blockSet";

/** What is known of one value. */
export interface Shape {
  kind: Kind;
  required?: true;
  default?: Value;
  minimum?: number;
  pattern?: RegExp;
  /** The allowed values in words, for a `pattern`. */
  allowed?: string;
  /** When it is left out, whatever the object has is right. */
  computed?: true;
  /** Text that is not looked at: an empty or missing value keeps what the object has. */
  emptyKeeps?: true;
  /** The fields of `block`, `blockList` and `blockSet`. */
  fields?: Record<string, Shape>;
}

/** What is known of one property of a resource. */
export interface Rule extends Shape {
  change: Change;
}

/** The properties of a resource, and those that upstream has and the stand-in refuses. */
export interface Schema {
  rules: Readonly<Record<string, Rule>>;
  refused?: readonly string[];
}
