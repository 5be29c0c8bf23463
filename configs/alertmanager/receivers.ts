import { DEAD_MANS_SWITCH, NOBODY } from "../../model/alert-routing";
import { declaredSecretFile } from "../../model/secrets";
import type { ReceiverOf, ReceiverSettings } from "../../model/settings/receivers";
import type { Settings } from "../../model/settings/schema";
import { use } from "./templates/channel-template";
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

/** Alerts in a webhook's body at most; it says how many it left out (`truncatedAlerts`). */
export const WEBHOOK_ALERTS = 100;

/** Alertmanager's receivers: the declared ones, the heartbeat's, and the one of nobody. */
export function receiverConfigs({ receivers, deadMansSwitch }: Settings["alerts"]): object[] {
  return [
    { name: NOBODY },
    ...(deadMansSwitch
      ? [
          {
            name: DEAD_MANS_SWITCH,
            webhook_configs: [
              { send_resolved: false, url_file: fileOf(deadMansSwitch.secret), max_alerts: 1 },
            ],
          },
        ]
      : []),
    ...Object.entries(receivers).map(([name, receiver]) => ({ name, ...integration(receiver) })),
  ];
}

const fileOf = (secret: string): string => declaredSecretFile(secret).path;

/** Everyone is told when it is over, too. */
const told = { send_resolved: true };

function integration(receiver: ReceiverSettings): object {
  const { telegram, slack, discord, email, pagerduty, webhook } = receiver;
  return {
    ...(telegram && { telegram_configs: [{ ...told, ...telegramConfig(telegram) }] }),
    ...(slack && { slack_configs: [{ ...told, ...slackConfig(slack) }] }),
    ...(discord && { discord_configs: [{ ...told, ...discordConfig(discord) }] }),
    ...(email && { email_configs: [{ ...told, ...emailConfig(email) }] }),
    ...(pagerduty && { pagerduty_configs: [{ ...told, ...pagerdutyConfig(pagerduty) }] }),
    ...(webhook && { webhook_configs: [{ ...told, ...webhookConfig(webhook) }] }),
  };
}

function telegramConfig({ chatId, threadId, secret, apiUrl }: ReceiverOf<"telegram">): object {
  return {
    ...(apiUrl !== undefined && { api_url: apiUrl }),
    bot_token_file: fileOf(secret),
    chat_id: chatId,
    ...(threadId !== undefined && { message_thread_id: threadId }),
    parse_mode: "HTML",
    message: use(TELEGRAM_MESSAGE),
  };
}

function slackConfig({ secret, channel }: ReceiverOf<"slack">): object {
  return {
    api_url_file: fileOf(secret),
    ...(channel !== undefined && { channel }),
    color: use(SLACK_COLOR),
    title: use(SLACK_TITLE),
    // Alertmanager's own name in the cluster, which leads nobody anywhere.
    title_link: "",
    fallback: use(SLACK_FALLBACK),
    text: use(SLACK_TEXT),
  };
}

function discordConfig({ secret }: ReceiverOf<"discord">): object {
  return {
    webhook_url_file: fileOf(secret),
    title: use(DISCORD_TITLE),
    message: use(DISCORD_MESSAGE),
  };
}

function emailConfig(email: ReceiverOf<"email">): object {
  const { to, from, smarthost, username, secret, requireTls } = email;
  return {
    to: to.join(", "),
    from,
    smarthost,
    ...(username !== undefined && { auth_username: username }),
    ...(secret !== undefined && { auth_password_file: fileOf(secret) }),
    require_tls: requireTls,
    headers: { Subject: use(EMAIL_SUBJECT) },
    html: use(EMAIL_HTML),
    text: use(EMAIL_TEXT),
  };
}

function pagerdutyConfig({ secret, apiUrl }: ReceiverOf<"pagerduty">): object {
  return {
    routing_key_file: fileOf(secret),
    ...(apiUrl !== undefined && { url: apiUrl }),
    description: use(PAGERDUTY_DESCRIPTION),
    severity: use(PAGERDUTY_SEVERITY),
    client: "whalewatch",
    client_url: use(PAGERDUTY_DASHBOARD),
    // In place of Alertmanager's own, which hold every label of every alert.
    details: {
      firing: "{{ len .Alerts.Firing }}",
      resolved: "{{ len .Alerts.Resolved }}",
      num_firing: "{{ len .Alerts.Firing }}",
      num_resolved: "{{ len .Alerts.Resolved }}",
      alerts: use(PAGERDUTY_ALERTS),
    },
    links: [
      { href: use(PAGERDUTY_DASHBOARD), text: "Dashboard" },
      { href: use(PAGERDUTY_RUNBOOK), text: "Runbook" },
    ],
  };
}

function webhookConfig({ url, urlSecret, secret }: ReceiverOf<"webhook">): object {
  return {
    ...(url !== undefined && { url }),
    ...(urlSecret !== undefined && { url_file: fileOf(urlSecret) }),
    max_alerts: WEBHOOK_ALERTS,
    ...(secret !== undefined && {
      http_config: { authorization: { credentials_file: fileOf(secret) } },
    }),
  };
}
