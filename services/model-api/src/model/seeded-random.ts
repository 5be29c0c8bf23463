/**
 * A repeatable random generator (mulberry32): the same seed text gives the same numbers, evenly
 * spread from -1 to 1, on every machine.
 */
export function seededRandom(seed: string): () => number {
  // FNV-1a turns the text into the 32-bit starting state.
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(seed)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
