/**
 * A 64-bit hash that stays near itself when the picture is scaled or re-encoded: one bit for each
 * low frequency, set when it is above the median of all but the mean. Compare by counting bits.
 * @param frequencies the 64 values of dctLowFrequencies.
 * @returns 16 hexadecimal digits.
 */
export function perceptualHash(frequencies: Float64Array): string {
  const details = frequencies.slice(1).sort();
  const median = details[Math.floor(details.length / 2)] ?? 0;
  const bits = Array.from(frequencies, (value) => (value > median ? "1" : "0")).join("");
  return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
}
