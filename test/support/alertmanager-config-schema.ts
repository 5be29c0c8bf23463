import { z } from "zod";

/** The documented fields of an AlertmanagerConfig's spec (v1alpha1), as far as they are in use. */
const text = z.string().min(1);
const duration = z.string().regex(/^(?:\d+(?:ms|[smhdwy]))+$/);
const key = z.strictObject({ name: text, key: text });
const sendResolved = z.boolean();
const url = z.string().regex(/^https?:\/\/.+$/);
const pairs = z.array(z.strictObject({ key: text, value: z.string() }));
const matcher = z.strictObject({
  name: text,
  matchType: z.enum(["=", "!=", "=~", "!~"]),
  value: z.string(),
});
/** Decoded by the controller, which knows no other field either. */
const route = z.strictObject({
  receiver: text.optional(),
  groupBy: z.array(text).optional(),
  groupWait: duration.optional(),
  groupInterval: duration.optional(),
  repeatInterval: duration.optional(),
  matchers: z.array(matcher).optional(),
  continue: z.boolean().optional(),
  muteTimeIntervals: z.array(text).optional(),
  get routes() {
    return z.array(route).optional();
  },
});
const receiver = z.strictObject({
  name: text,
  telegramConfigs: z
    .array(
      z.strictObject({
        sendResolved,
        apiURL: url.optional(),
        botToken: key,
        chatID: z.int(),
        messageThreadID: z.int().optional(),
        message: text,
        parseMode: z.enum(["MarkdownV2", "Markdown", "HTML"]),
      }),
    )
    .optional(),
  slackConfigs: z
    .array(
      z.strictObject({
        sendResolved,
        apiURL: key,
        channel: text.optional(),
        color: text,
        title: text,
        fallback: text,
        text,
      }),
    )
    .optional(),
  discordConfigs: z
    .array(z.strictObject({ sendResolved, apiURL: key, title: text, message: text }))
    .optional(),
  emailConfigs: z
    .array(
      z.strictObject({
        sendResolved,
        to: text,
        from: text,
        smarthost: z.string().regex(/^[^:]+:\d+$/),
        authUsername: text.optional(),
        authPassword: key.optional(),
        headers: pairs,
        html: text,
        text,
        requireTLS: z.boolean(),
      }),
    )
    .optional(),
  pagerdutyConfigs: z
    .array(
      z.strictObject({
        sendResolved,
        routingKey: key,
        url: url.optional(),
        client: text,
        description: text,
        severity: text,
        details: pairs,
      }),
    )
    .optional(),
  webhookConfigs: z
    .array(
      z.strictObject({
        sendResolved,
        url: url.optional(),
        urlSecret: key.optional(),
        maxAlerts: z.int().nonnegative(),
        httpConfig: z
          .strictObject({ authorization: z.strictObject({ credentials: key }) })
          .optional(),
      }),
    )
    .optional(),
});
const time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);

export const alertmanagerConfig = z.strictObject({
  route,
  receivers: z.array(receiver),
  inhibitRules: z.array(
    z.strictObject({
      sourceMatch: z.array(matcher),
      targetMatch: z.array(matcher),
      equal: z.array(text),
    }),
  ),
  muteTimeIntervals: z
    .array(
      z.strictObject({
        name: text,
        timeIntervals: z.array(
          z.strictObject({
            times: z.array(z.strictObject({ startTime: time, endTime: time })).optional(),
            weekdays: z.array(z.string().regex(/^[a-z]+day$/)).optional(),
            months: z.array(z.string().regex(/^[a-z]+$/)).optional(),
          }),
        ),
      }),
    )
    .optional(),
});
