import { z } from "zod";
import { Duration } from "../units/duration";
import { Latency } from "../units/latency";
import { Percent } from "../units/percent";
import { durationField } from "./fields";

const LEAST_PERCENT = 50;
const SHARE_ALLOWED =
  "a percentage from 50% to 99.999%; 100% would leave no room for a single failure";

const shareField = z
  .string({ error: SHARE_ALLOWED })
  .regex(Percent.pattern, SHARE_ALLOWED)
  .transform((text, context) => {
    try {
      const share = Percent.parse(text);
      if (share.percent >= LEAST_PERCENT && share.rest.percent >= 0.001) return share;
    } catch {
      // Reported below.
    }
    context.issues.push({ code: "custom", message: SHARE_ALLOWED, input: text });
    return z.NEVER;
  });

const latencyField = z
  .string({ error: Latency.allowed })
  .regex(Latency.pattern, Latency.allowed)
  .transform((text, context) => {
    try {
      return Latency.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: Latency.allowed, input: text });
      return z.NEVER;
    }
  });

/** How many of a hundred requests have to keep to the latency, unless the setting says. */
const USUAL_SHARE = Percent.parse("95%");

/** What a service promises over a period; its error budget is what is left to 100 %. */
export const objectivesSchema = z
  .strictObject(
    {
      availability: shareField.optional().meta({
        description: "The share of requests that are answered without a 5xx, such as 99.5%.",
      }),
      latency: z
        .union(
          [
            latencyField,
            z.strictObject({ within: latencyField, share: shareField.default(USUAL_SHARE) }),
          ],
          { error: "a time such as 2s, or { within: 2s, share: 95% }" },
        )
        .transform((value) =>
          value instanceof Latency ? { within: value, share: USUAL_SHARE } : value,
        )
        .optional()
        .meta({
          description: "The time in which 95 % of requests, or the share given, are answered.",
        }),
      period: durationField.default(Duration.parse("30d")).meta({
        description:
          "Over which the promise is kept; from 7d, and no longer than prometheus.retention.",
      }),
    },
    { error: "a mapping such as { availability: 99.5%, latency: 2s }" },
  )
  .meta({
    description: "What the service promises; alerts tell how fast the error budget is spent.",
  });

/** A service's promises, read. */
export type ObjectivesSettings = z.output<typeof objectivesSchema>;
