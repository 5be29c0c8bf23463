/** One field whose value differs, as text that a person reads. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** A thing that both sides have, with what differs. */
export interface ChangedEntry {
  readonly name: string;
  readonly changes: readonly FieldChange[];
}

/** Named things of two sides: what only the second has, what only the first has, what differs. */
export interface EntryChanges<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  readonly changed: readonly ChangedEntry[];
}

/** A pair of the same thing on both sides. */
export type Pair<Item> = readonly [before: Item, after: Item];

/** The fields of a thing as text; a field that is absent or empty is shown as such. */
export type Fields = Readonly<Record<string, string>>;

/** What stands for a value that is not there. */
export const NOTHING = "none";

/** Compares things that have a unique name, by their fields, in the order of the second side. */
export function compareEntries<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
  fieldsOf: (item: Item) => Fields,
): EntryChanges<Item> {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const names = new Set(after.map(nameOf));
  const pairs = after.flatMap((item): Pair<Item>[] => {
    const former = old.get(nameOf(item));
    return former === undefined ? [] : [[former, item]];
  });
  return {
    added: after.filter((item) => !old.has(nameOf(item))),
    removed: before.filter((item) => !names.has(nameOf(item))),
    changed: changedPairs(pairs, nameOf, fieldsOf),
  };
}

/** The pairs that differ in a field. */
export function changedPairs<Item>(
  pairs: readonly Pair<Item>[],
  nameOf: (item: Item) => string,
  fieldsOf: (item: Item) => Fields,
): ChangedEntry[] {
  return pairs.flatMap(([before, after]) => {
    const changes = fieldChanges(fieldsOf(before), fieldsOf(after));
    return changes.length === 0 ? [] : [{ name: nameOf(after), changes }];
  });
}

/** The fields that differ; one that a side does not have counts as none. */
export function fieldChanges(before: Fields, after: Fields): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [old = NOTHING, now = NOTHING] = [before[field], after[field]];
    return old === now ? [] : [{ field, before: old, after: now }];
  });
}
