import { readFile } from "node:fs/promises";

/**
 * Reads one number from a control group file: the whole file, or with `key` the value on that
 * key's line. Undefined when there is no such file, no such key, or the value is no number ("max").
 */
export async function readCgroupNumber(file: string, key?: string): Promise<number | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined;
  }
  const line = key === undefined ? text : text.split("\n").find((row) => row.startsWith(`${key} `));
  const value = line?.slice(key?.length ?? 0).trim();
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined;
}
