import type { ChannelTemplate } from "./channel-template";
import { concat, MARKUP, PLAIN, when } from "./fragment";
import { body, type Markup, sign, title } from "./message";

const slack: Markup = {
  escape: MARKUP,
  newline: "\n",
  bold: (inner) => concat("*", inner, "*"),
  link: (label, url) => concat("<", url, `|${label}>`),
  // Slack asks for `&amp;`, and takes a plain one in a link.
  ampersand: 0,
};

/** The bold first line; Alertmanager cuts it at 1024. */
export const SLACK_TITLE: ChannelTemplate = {
  name: "whalewatch.slack.title",
  fragment: concat(sign, " ", title(MARKUP)),
  limit: 1024,
};
/** What notifications and old clients show. */
export const SLACK_FALLBACK: ChannelTemplate = {
  name: "whalewatch.slack.fallback",
  fragment: title(PLAIN),
  limit: 1024,
};
/** The text below it; Slack takes 3000 characters in a block, and an attachment is cut later still. */
export const SLACK_TEXT: ChannelTemplate = {
  name: "whalewatch.slack.text",
  fragment: body(slack, { alerts: 10, description: 140 }),
  limit: 3000,
};
/** The bar beside it. */
export const SLACK_COLOR: ChannelTemplate = {
  name: "whalewatch.slack.color",
  fragment: when(
    'eq .Status "resolved"',
    "good",
    when('eq .CommonLabels.severity "critical"', "danger", "warning"),
  ),
  limit: 10,
};
