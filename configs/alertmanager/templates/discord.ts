import type { ChannelTemplate } from "./channel-template";
import { concat, type Escape, PLAIN } from "./fragment";
import { body, type Markup, sign, title } from "./message";

/** Discord's Markdown: a backslash before whatever could be a sign of it. */
const escape: Escape = {
  replacements: [["([\\\\*_~|`>#\\[\\]()])", "\\${1}"]],
  torn: "\\\\",
};

const discord: Markup = {
  escape,
  newline: "\n",
  bold: (inner) => concat("**", inner, "**"),
  link: (label, url) => concat(`[${label}](`, url, ")"),
  ampersand: 0,
};

/** An embed's title, of which Markdown is no part; cut at 256. */
export const DISCORD_TITLE: ChannelTemplate = {
  name: "whalewatch.discord.title",
  fragment: concat(sign, " ", title(PLAIN)),
  limit: 256,
};
/** The text below it, within what Discord takes as a message by itself too. */
export const DISCORD_MESSAGE: ChannelTemplate = {
  name: "whalewatch.discord.message",
  fragment: body(discord, { alerts: 5, description: 140 }),
  limit: 2000,
};
