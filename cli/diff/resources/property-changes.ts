import type { PlainValue } from "../../render/plain-value";

/** A value that differs, by where it is. */
export interface ValueChange {
  /** Names of properties and fields; list positions are left out. */
  readonly path: readonly string[];
  /** The same as a person writes it: `ports[0].external`. */
  readonly shown: string;
  /** Absent: there was none. In a list without order: what went. */
  readonly before?: PlainValue;
  /** Absent: there is none any more. In a list without order: what came. */
  readonly after?: PlainValue;
}

type Fields = Readonly<Record<string, PlainValue>>;
type Place = Pick<ValueChange, "path" | "shown">;

/** Every value that differs between two resources' inputs, down to what has no fields itself. */
export function propertyChanges(
  before: Fields,
  after: Fields,
  isUnordered: (property: string) => boolean,
): ValueChange[] {
  return keysOf(before, after).flatMap((property) => {
    const place = { path: [property], shown: property };
    return isUnordered(property)
      ? unorderedChanges(place, before[property], after[property])
      : changesAt(place, before[property], after[property]);
  });
}

function changesAt(
  place: Place,
  before: PlainValue | undefined,
  after: PlainValue | undefined,
): ValueChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old = emptyLike(after), now = emptyLike(before)] = [before, after];
  if (isFields(old) && isFields(now) && Object.keys({ ...old, ...now }).length > 0) {
    return keysOf(old, now).flatMap((key) => changesAt(below(place, key), old[key], now[key]));
  }
  if (isList(old) && isList(now) && old.length + now.length > 0) {
    return listChanges(place, old, now);
  }
  return [change(place, before, after)];
}

/** Lists of named things are compared by name, others by position. */
function listChanges(
  place: Place,
  before: readonly PlainValue[],
  after: readonly PlainValue[],
): ValueChange[] {
  const [old, now] = [namesOf(before), namesOf(after)];
  if (old === undefined || now === undefined) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
      const item = { path: place.path, shown: `${place.shown}[${index}]` };
      return changesAt(item, before[index], after[index]);
    }).flat();
  }
  const common = old.filter((name) => now.includes(name));
  const moved = common.join() !== now.filter((name) => old.includes(name)).join();
  const items = [...new Set([...old, ...now])].flatMap((name) => {
    const item = { path: place.path, shown: `${place.shown}[${name}]` };
    return changesAt(item, before[old.indexOf(name)], after[now.indexOf(name)]);
  });
  return [...(moved ? [change(place, old, now)] : []), ...items];
}

function unorderedChanges(
  place: Place,
  before: PlainValue | undefined,
  after: PlainValue | undefined,
): ValueChange[] {
  const items = (value: PlainValue | undefined) =>
    new Map((isList(value) ? value : []).map((item) => [JSON.stringify(item), item]));
  const [old, now] = [items(before), items(after)];
  const went = [...old].flatMap(([key, item]) => (now.has(key) ? [] : [item]));
  const came = [...now].flatMap(([key, item]) => (old.has(key) ? [] : [item]));
  if (went.length + came.length === 0) return [];
  return [change(place, went.length > 0 ? went : undefined, came.length > 0 ? came : undefined)];
}

function change(
  { path, shown }: Place,
  before: PlainValue | undefined,
  after: PlainValue | undefined,
): ValueChange {
  return {
    path,
    shown,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** The unique names of a list's items; undefined where not every item has one. */
function namesOf(items: readonly PlainValue[]): string[] | undefined {
  const names = items.map((item) => (isFields(item) ? item["name"] : undefined));
  const texts = names.filter((name) => typeof name === "string");
  return texts.length === items.length && new Set(texts).size === items.length ? texts : undefined;
}

function below({ path, shown }: Place, key: string): Place {
  const step = /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`;
  return { path: [...path, key], shown: `${shown}${step}` };
}

/** What stands for a value that is not there, so that the other side is told field by field. */
function emptyLike(value: PlainValue | undefined): PlainValue | undefined {
  if (isList(value)) return [];
  return isFields(value) ? {} : undefined;
}

function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function isFields(value: PlainValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keysOf(before: Fields, after: Fields): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}
