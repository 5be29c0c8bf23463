import { z } from "zod";

const TIMEOUT_MS = 10_000;

/**
 * Gets JSON and checks its shape.
 * @throws Error for any answer but 2xx.
 */
export async function getJson<T>(url: string, shape: z.ZodType<T>, auth?: string): Promise<T> {
  const headers: Record<string, string> =
    auth === undefined ? {} : { authorization: `Basic ${Buffer.from(auth).toString("base64")}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return shape.parse(await response.json());
}

/** The status code of an answer, whatever it is. */
export async function status(url: string): Promise<number> {
  return (await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })).status;
}

/** How Prometheus answers an instant query. */
export const vectorShape = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});
