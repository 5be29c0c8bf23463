const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const PATTERN = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const BYTES_PER_MEBIBYTE = 2 ** 20;

/**
 * A quantity as Kubernetes writes it (`500m`, `64Mi`, `1e3`), in its base unit.
 * @throws RangeError for a text that is none.
 */
export function quantity(text: string): number {
  const [, amount, unit = "", exponent = "0"] = PATTERN.exec(text) ?? [];
  const factor = FACTORS[unit];
  if (amount === undefined || factor === undefined) {
    throw new RangeError(`${text} is no quantity of Kubernetes.`);
  }
  return Number(amount) * factor * 10 ** Number(exponent);
}

/** A quantity of memory or storage in MiB. */
export function quantityInMiB(text: string): number {
  return quantity(text) / BYTES_PER_MEBIBYTE;
}

/** A quantity of CPU in thousandths of a core. */
export function quantityInMillis(text: string): number {
  return quantity(text) * 1000;
}
