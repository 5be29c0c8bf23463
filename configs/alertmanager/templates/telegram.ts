import type { ChannelTemplate } from "./channel-template";
import { concat, MARKUP } from "./fragment";
import { type Markup, message } from "./message";

/**
 * Telegram's HTML knows few tags and no line break but the character. Alertmanager replaces a text
 * of more than 4096 runes, tags included, by a notice (notify/telegram).
 */
const telegram: Markup = {
  escape: { ...MARKUP, final: "safeHtml" },
  newline: "\n",
  bold: (inner) => concat("<b>", inner, "</b>"),
  link: (label, url) => concat('<a href="', url, `">${label}</a>`),
  ampersand: "&amp;".length - 1,
};

/** The text of a message. */
export const TELEGRAM_MESSAGE: ChannelTemplate = {
  name: "whalewatch.telegram.message",
  fragment: message(telegram, { alerts: 10, description: 200 }),
  limit: 4096,
  html: true,
};
