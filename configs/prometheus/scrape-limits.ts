import type { Duration } from "../../model/units/duration";

/** A runaway exposition fails its scrape instead of filling Prometheus' memory. */
export const SAMPLE_LIMIT = 5000;

/** How long a scrape may take: within its interval, at most Prometheus' own default of 10 s. */
export function scrapeTimeout({ seconds }: Duration): string {
  return `${Math.min(10, seconds)}s`;
}
