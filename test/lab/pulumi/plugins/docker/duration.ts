const NANOSECONDS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 } as const;

/** The nanoseconds of a Go duration such as "1m30s". */
export function parseDuration(text: string): number {
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)) {
    sum += Number(amount) * scale(unit ?? "");
  }
  return Math.round(sum);
}

/** A duration as Go writes it, which is how upstream reads a health check back: 60 s is "1m0s". */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  if (nanoseconds < NANOSECONDS.us) return `${nanoseconds}ns`;
  if (nanoseconds < NANOSECONDS.ms) return `${nanoseconds / NANOSECONDS.us}µs`;
  if (nanoseconds < NANOSECONDS.s) return `${nanoseconds / NANOSECONDS.ms}ms`;
  const hours = Math.floor(nanoseconds / NANOSECONDS.h);
  const minutes = Math.floor((nanoseconds % NANOSECONDS.h) / NANOSECONDS.m);
  const seconds = (nanoseconds % NANOSECONDS.m) / NANOSECONDS.s;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function scale(unit: string): number {
  for (const [name, nanoseconds] of Object.entries(NANOSECONDS)) {
    if (name === unit) return nanoseconds;
  }
  return 0;
}
