import type { RawSettings } from "./raw-settings";

/**
 * What a stack file has at a path, whether it can be read or not: what has a fault of its own must
 * not be reported as missing too.
 */
export function written(raw: RawSettings, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(inside, raw.values);
}

/** The keys that a stack file has at a path; none where there is no mapping. */
export function writtenKeys(raw: RawSettings, ...path: readonly string[]): string[] {
  const found = written(raw, ...path);
  return isMapping(found) ? Object.keys(found) : [];
}

const isMapping = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function inside(tree: unknown, key: string): unknown {
  return isMapping(tree) ? new Map<string, unknown>(Object.entries(tree)).get(key) : undefined;
}
