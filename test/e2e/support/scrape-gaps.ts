import { z } from "zod";
import { inEachPod } from "./cluster";

/** The longest time in which a job had no sample of a target that was up. */
export interface ScrapeGap {
  readonly job: string;
  readonly seconds: number;
}

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.object({ job: z.string() }),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/**
 * The gaps of each job since a moment, from the samples of every Prometheus together: what one
 * misses while it starts anew, the other has.
 * @param since Unix time in seconds.
 */
export async function scrapeGaps(since: number): Promise<ScrapeGap[]> {
  const now = Date.now() / 1000;
  const query = `up{job!="probe"}[${Math.ceil(now - since)}s]`;
  const url = `http://localhost:9090/api/v1/query?query=${encodeURIComponent(query)}`;
  const answers = await inEachPod("prometheus", "wget", "-qO-", url);
  const times = new Map<string, number[]>();
  for (const text of answers) {
    for (const { metric, values } of answer.parse(JSON.parse(text)).data.result) {
      const up = values.filter(([, value]) => value === "1").map(([time]) => time);
      times.set(metric.job, [...(times.get(metric.job) ?? []), ...up]);
    }
  }
  return [...times].map(([job, samples]) => ({ job, seconds: longestGap([...samples, now]) }));
}

/** Between neighbours; until the first one nothing was to be seen, since the window begins anywhere. */
function longestGap(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return Math.max(0, ...sorted.slice(1).map((time, index) => time - (sorted[index] ?? time)));
}
