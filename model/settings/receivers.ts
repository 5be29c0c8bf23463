import { z } from "zod";
import { nameField, secretNameField, switchField, wholeNumberField } from "./fields";
import { httpUrlField, smarthostField } from "./outside-fields";
import { mapping } from "./program-fields";

const secret = (holds: string) =>
  secretNameField.meta({ description: `The stack secret with ${holds}.` });
const apiUrl = (example: string, description: string) =>
  httpUrlField(example).optional().meta({ description });

const CHAT_ALLOWED =
  "a chat's number, negative for groups, such as -1001234567890 (the bot's getUpdates shows it)";
const telegramSchema = mapping(
  {
    chatId: z
      .number({ error: CHAT_ALLOWED })
      .int(CHAT_ALLOWED)
      .refine((id) => id !== 0, CHAT_ALLOWED)
      .meta({ description: "The chat's number; groups and channels have negative ones." }),
    threadId: wholeNumberField(1, 2_147_483_647)
      .optional()
      .meta({ description: "The topic of a group that has topics." }),
    secret: secret("the bot's token"),
    apiUrl: apiUrl("https://api.telegram.org", "A Bot API server of your own; default Telegram's."),
  },
  "A Telegram chat, by a bot that is in it.",
);

const CHANNEL_ALLOWED = "a channel such as #alerts, a user such as @ann, or an id";
const slackSchema = mapping(
  {
    secret: secret("the incoming webhook's URL"),
    channel: z
      .string({ error: CHANNEL_ALLOWED })
      .regex(/^[#@]?[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u, CHANNEL_ALLOWED)
      .optional()
      .meta({ description: "Where the webhook allows a choice; default the webhook's own." }),
  },
  "Slack, by an incoming webhook.",
);

const discordSchema = mapping(
  { secret: secret("the channel's webhook URL") },
  "A Discord channel, by its webhook.",
);

const ADDRESS_ALLOWED = "an address such as ops@example.com";
const addressField = z
  .string({ error: ADDRESS_ALLOWED })
  .regex(/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/, ADDRESS_ALLOWED);
const USERNAME_ALLOWED = "a login name without line breaks";
const emailSchema = mapping(
  {
    to: z
      .array(addressField, { error: "a list of addresses" })
      .min(1, "a list of at least one address")
      .meta({ description: "Who gets it." }),
    from: addressField.meta({ description: "The address it comes from." }),
    smarthost: smarthostField.meta({ description: "The mail server that takes it, host:port." }),
    username: z
      .string({ error: USERNAME_ALLOWED })
      .regex(/^[^\r\n]+$/, USERNAME_ALLOWED)
      .optional()
      .meta({ description: "The login at that server." }),
    secret: secret("the password of `username`").optional(),
    requireTls: switchField.default(true).meta({
      description: "false sends in plain text, to a server within the stack's own network alone.",
    }),
  },
  "E-mail, by a server that relays it.",
);

const pagerdutySchema = mapping(
  {
    secret: secret("the integration key of Events API v2"),
    apiUrl: apiUrl(
      "https://events.eu.pagerduty.com/v2/enqueue",
      "The Events API of another region; default the US.",
    ),
  },
  "A PagerDuty service.",
);

const webhookSchema = mapping(
  {
    url: httpUrlField("https://alerts.example.com/whalewatch").optional().meta({
      description:
        "Where Alertmanager posts its JSON; https unless it is within the stack or the cluster.",
    }),
    urlSecret: secret("that URL, where the URL itself is secret").optional(),
    secret: secret("the bearer token it wants").optional(),
  },
  "Any program that takes Alertmanager's JSON.",
);

const KINDS = {
  telegram: telegramSchema.optional(),
  slack: slackSchema.optional(),
  discord: discordSchema.optional(),
  email: emailSchema.optional(),
  pagerduty: pagerdutySchema.optional(),
  webhook: webhookSchema.optional(),
};

/** What a receiver may be; each is one of them. */
export type ReceiverKind = keyof typeof KINDS;
/** Every kind of receiver, in the order of the guide. */
export const RECEIVER_KINDS: readonly ReceiverKind[] = [
  "telegram",
  "slack",
  "discord",
  "email",
  "pagerduty",
  "webhook",
];

/** A receiver: exactly one kind, which another check sees to. */
export const receiverSchema = mapping(KINDS, "Someone who gets alerts: exactly one kind.");
/** All receivers, by name. */
export const receiversSchema = z
  .record(nameField, receiverSchema, { error: "a mapping of names to receivers" })
  .default({})
  .meta({ description: "Who gets alerts, by name; each has one kind and its secret as a file." });

/** A receiver with defaults filled in. */
export type ReceiverSettings = z.output<typeof receiverSchema>;
/** One kind of receiver with defaults filled in. */
export type ReceiverOf<K extends ReceiverKind> = NonNullable<ReceiverSettings[K]>;
