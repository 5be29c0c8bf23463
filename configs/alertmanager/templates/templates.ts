import type { ReceiverKind } from "../../../model/settings/receivers";
import type { ChannelTemplate } from "./channel-template";
import { DISCORD_MESSAGE, DISCORD_TITLE } from "./discord";
import { EMAIL_HTML, EMAIL_SUBJECT, EMAIL_TEXT } from "./email";
import {
  PAGERDUTY_ALERTS,
  PAGERDUTY_DASHBOARD,
  PAGERDUTY_DESCRIPTION,
  PAGERDUTY_RUNBOOK,
  PAGERDUTY_SEVERITY,
} from "./pagerduty";
import { SLACK_COLOR, SLACK_FALLBACK, SLACK_TEXT, SLACK_TITLE } from "./slack";
import { TELEGRAM_MESSAGE } from "./telegram";

/** The templates of each channel; a webhook gets the alerts themselves. */
export const CHANNEL_TEMPLATES: Readonly<Record<ReceiverKind, readonly ChannelTemplate[]>> = {
  telegram: [TELEGRAM_MESSAGE],
  slack: [SLACK_TITLE, SLACK_FALLBACK, SLACK_TEXT, SLACK_COLOR],
  discord: [DISCORD_TITLE, DISCORD_MESSAGE],
  email: [EMAIL_SUBJECT, EMAIL_HTML, EMAIL_TEXT],
  pagerduty: [
    PAGERDUTY_DESCRIPTION,
    PAGERDUTY_SEVERITY,
    PAGERDUTY_ALERTS,
    PAGERDUTY_DASHBOARD,
    PAGERDUTY_RUNBOOK,
  ],
  webhook: [],
};
