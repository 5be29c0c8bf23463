import type { Properties } from "../protocol/values";

const MEBIBYTE = 1024 * 1024;

/** MiB in bytes; 0 and negative numbers (-1: unlimited) stay as they are. */
export function toBytes(mebibytes: number): number {
  return mebibytes > 0 ? mebibytes * MEBIBYTE : mebibytes;
}

/** Bytes in whole MiB; 0 and negative numbers stay as they are. */
export function toMebibytes(bytes: number): number {
  return bytes > 0 ? Math.floor(bytes / MEBIBYTE) : bytes;
}

/** `cpus` in billionths of a processor. */
export function toNanoCpus(cpus: string): number {
  return Math.round(Number(cpus) * 1e9);
}

/**
 * Billionths of a processor as upstream reads them back: one digit after the point where there
 * are nine zeros ("1.0", "0.5"), else without the zeros at the end ("0.25", and "10." for ten).
 */
export function fromNanoCpus(nanoCpus: number): string {
  const full = (nanoCpus / 1e9).toFixed(9);
  const zeros = [...full].filter((digit) => digit === "0").length;
  return zeros === 9 ? (nanoCpus / 1e9).toFixed(1) : full.replace(/0+$/, "");
}

/** Leaves out what has no value, so that the engine uses its own default. */
export function present(bag: Record<string, Properties[string] | undefined>): Properties {
  const result: Properties = {};
  for (const [key, value] of Object.entries(bag)) if (value !== undefined) result[key] = value;
  return result;
}
