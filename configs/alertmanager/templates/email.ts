import type { ChannelTemplate } from "./channel-template";
import { concat, MARKUP, PLAIN } from "./fragment";
import { howMany, type Markup, message, place, type Room, title } from "./message";

const html: Markup = {
  escape: { ...MARKUP, final: "safeHtml" },
  newline: "<br>\n",
  bold: (inner) => concat("<strong>", inner, "</strong>"),
  link: (label, url) => concat('<a href="', url, `">${label}</a>`),
  ampersand: "&amp;".length - 1,
};
const plain: Markup = {
  escape: PLAIN,
  newline: "\n",
  bold: (inner) => inner,
  link: (label, url) => concat(`${label}: `, url),
  ampersand: 0,
};
const room: Room = { alerts: 50, description: 500 };

/** One line, as long as mail programs show. */
export const EMAIL_SUBJECT: ChannelTemplate = {
  name: "whalewatch.email.subject",
  fragment: concat(title(PLAIN), " (", place(PLAIN), ", ", howMany, ")"),
  limit: 400,
};
/** The message for programs that show HTML. There is no limit; this keeps a storm readable. */
export const EMAIL_HTML: ChannelTemplate = {
  name: "whalewatch.email.html",
  fragment: concat("<p>", message(html, room), "</p>\n"),
  limit: 50_000,
  html: true,
};
/** The same for those that do not. */
export const EMAIL_TEXT: ChannelTemplate = {
  name: "whalewatch.email.text",
  fragment: concat(message(plain, room), "\n"),
  limit: 50_000,
};
