import { DEAD_MANS_SWITCH, NOBODY } from "../../model/alert-routing";
import {
  ALERTING_SECRET,
  type OperatorReceiver,
  type SecretKey,
} from "../../model/operator-alerting";
import { declaredSecretFile } from "../../model/secrets";
import type { ReceiverOf, ReceiverSettings } from "../../model/settings/receivers";
import type { Settings } from "../../model/settings/schema";
import { WEBHOOK_ALERTS } from "./receivers";
import type { ChannelTemplate } from "./templates/channel-template";
import { DISCORD_MESSAGE, DISCORD_TITLE } from "./templates/discord";
import { EMAIL_HTML, EMAIL_SUBJECT, EMAIL_TEXT } from "./templates/email";
import {
  PAGERDUTY_ALERTS,
  PAGERDUTY_DASHBOARD,
  PAGERDUTY_DESCRIPTION,
  PAGERDUTY_RUNBOOK,
  PAGERDUTY_SEVERITY,
} from "./templates/pagerduty";
import { SLACK_COLOR, SLACK_FALLBACK, SLACK_TEXT, SLACK_TITLE } from "./templates/slack";
import { TELEGRAM_MESSAGE } from "./templates/telegram";

/** The same receivers as an AlertmanagerConfig has them: the declared ones, the heartbeat's, nobody's. */
export function operatorReceivers({
  receivers,
  deadMansSwitch,
}: Settings["alerts"]): OperatorReceiver[] {
  return [
    { name: NOBODY },
    ...(deadMansSwitch
      ? [
          {
            name: DEAD_MANS_SWITCH,
            webhookConfigs: [
              { sendResolved: false, urlSecret: keyOf(deadMansSwitch.secret), maxAlerts: 1 },
            ],
          },
        ]
      : []),
    ...Object.entries(receivers).map(([name, receiver]) => ({ name, ...integration(receiver) })),
  ];
}

const keyOf = (secret: string): SecretKey => ({
  name: ALERTING_SECRET,
  key: declaredSecretFile(secret).file,
});

/** There are no template files beside the object, so that the text itself stands in the field. */
const inline = ({ fragment }: ChannelTemplate): string => fragment.template;

const told = { sendResolved: true };

function integration(receiver: ReceiverSettings): Omit<OperatorReceiver, "name"> {
  const { telegram, slack, discord, email, pagerduty, webhook } = receiver;
  return {
    ...(telegram && { telegramConfigs: [telegramConfig(telegram)] }),
    ...(slack && { slackConfigs: [slackConfig(slack)] }),
    ...(discord && {
      discordConfigs: [
        {
          ...told,
          apiURL: keyOf(discord.secret),
          title: inline(DISCORD_TITLE),
          message: inline(DISCORD_MESSAGE),
        },
      ],
    }),
    ...(email && { emailConfigs: [emailConfig(email)] }),
    ...(pagerduty && { pagerdutyConfigs: [pagerdutyConfig(pagerduty)] }),
    ...(webhook && { webhookConfigs: [webhookConfig(webhook)] }),
  };
}

/** One integration of a kind. */
type One<K extends keyof OperatorReceiver> =
  NonNullable<OperatorReceiver[K]> extends readonly (infer T)[] ? T : never;

function telegramConfig({
  chatId,
  threadId,
  secret,
  apiUrl,
}: ReceiverOf<"telegram">): One<"telegramConfigs"> {
  return {
    ...told,
    ...(apiUrl !== undefined && { apiURL: apiUrl }),
    botToken: keyOf(secret),
    chatID: chatId,
    ...(threadId !== undefined && { messageThreadID: threadId }),
    parseMode: "HTML",
    message: inline(TELEGRAM_MESSAGE),
  };
}

function slackConfig({ secret, channel }: ReceiverOf<"slack">): One<"slackConfigs"> {
  return {
    ...told,
    apiURL: keyOf(secret),
    ...(channel !== undefined && { channel }),
    color: inline(SLACK_COLOR),
    title: inline(SLACK_TITLE),
    fallback: inline(SLACK_FALLBACK),
    text: inline(SLACK_TEXT),
  };
}

function emailConfig(email: ReceiverOf<"email">): One<"emailConfigs"> {
  const { to, from, smarthost, username, secret, requireTls } = email;
  return {
    ...told,
    to: to.join(", "),
    from,
    smarthost,
    ...(username !== undefined && { authUsername: username }),
    ...(secret !== undefined && { authPassword: keyOf(secret) }),
    requireTLS: requireTls,
    headers: [{ key: "Subject", value: inline(EMAIL_SUBJECT) }],
    html: inline(EMAIL_HTML),
    text: inline(EMAIL_TEXT),
  };
}

/**
 * The links are details here: the operator parses what stands in a link's URL without the functions
 * of Alertmanager, and refuses the whole object for one that it does not know.
 */
function pagerdutyConfig({ secret, apiUrl }: ReceiverOf<"pagerduty">): One<"pagerdutyConfigs"> {
  const details = {
    firing: "{{ len .Alerts.Firing }}",
    resolved: "{{ len .Alerts.Resolved }}",
    num_firing: "{{ len .Alerts.Firing }}",
    num_resolved: "{{ len .Alerts.Resolved }}",
    alerts: inline(PAGERDUTY_ALERTS),
    dashboard: inline(PAGERDUTY_DASHBOARD),
    runbook: inline(PAGERDUTY_RUNBOOK),
  };
  return {
    ...told,
    routingKey: keyOf(secret),
    ...(apiUrl !== undefined && { url: apiUrl }),
    description: inline(PAGERDUTY_DESCRIPTION),
    severity: inline(PAGERDUTY_SEVERITY),
    client: "whalewatch",
    details: Object.entries(details).map(([key, value]) => ({ key, value })),
  };
}

function webhookConfig({ url, urlSecret, secret }: ReceiverOf<"webhook">): One<"webhookConfigs"> {
  return {
    ...told,
    ...(url !== undefined && { url }),
    ...(urlSecret !== undefined && { urlSecret: keyOf(urlSecret) }),
    maxAlerts: WEBHOOK_ALERTS,
    ...(secret !== undefined && {
      httpConfig: { authorization: { credentials: keyOf(secret) } },
    }),
  };
}
