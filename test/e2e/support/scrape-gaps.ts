import { z } from "zod";
import { inEachPod } from "./cluster";

/** The longest time in which a target had no sample of being up. */
export interface ScrapeGap {
  readonly job: string;
  readonly instance: string;
  readonly seconds: number;
}

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.object({ job: z.string(), instance: z.string() }),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/**
 * The gaps of each target since a moment, from the samples of every Prometheus together: what one
 * misses while it starts anew, the other has. What is no target any more has a gap until now.
 * @param since Unix time in seconds.
 */
export async function scrapeGaps(since: number): Promise<ScrapeGap[]> {
  const now = Date.now() / 1000;
  const query = `up{job!="probe"}[${Math.ceil(now - since)}s]`;
  const url = `http://localhost:9090/api/v1/query?query=${encodeURIComponent(query)}`;
  const answers = await inEachPod("prometheus", "wget", "-qO-", url);
  const targets = new Map<string, { job: string; instance: string; times: number[] }>();
  for (const text of answers) {
    for (const { metric, values } of answer.parse(JSON.parse(text)).data.result) {
      const { job, instance } = metric;
      const key = JSON.stringify([job, instance]);
      const target = targets.get(key) ?? { job, instance, times: [] };
      target.times.push(...values.filter(([, value]) => value === "1").map(([time]) => time));
      targets.set(key, target);
    }
  }
  return [...targets.values()].map(({ job, instance, times }) => ({
    ...{ job, instance },
    seconds: longestGap([...times, now]),
  }));
}

/** Between neighbours; until the first one nothing was to be seen, since the window begins anywhere. */
function longestGap(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return Math.max(0, ...sorted.slice(1).map((time, index) => time - (sorted[index] ?? time)));
}
