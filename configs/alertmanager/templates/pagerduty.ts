import type { ChannelTemplate } from "./channel-template";
import { concat, PLAIN, when } from "./fragment";
import { bareLink, descriptions, howMany, type Markup, place, summary, title } from "./message";

const plain: Markup = {
  escape: PLAIN,
  newline: "\n",
  bold: (inner) => inner,
  link: (label, url) => concat(`${label}: `, url),
  ampersand: 0,
};

/** The incident's title; PagerDuty takes 1024 characters. */
export const PAGERDUTY_DESCRIPTION: ChannelTemplate = {
  name: "whalewatch.pagerduty.description",
  fragment: concat(title(PLAIN), " (", place(PLAIN), ", ", howMany, "): ", summary(PLAIN)),
  limit: 1024,
};
/** One of the four that PagerDuty knows. */
export const PAGERDUTY_SEVERITY: ChannelTemplate = {
  name: "whalewatch.pagerduty.severity",
  fragment: when(
    'eq .CommonLabels.severity "critical"',
    "critical",
    when('eq .CommonLabels.severity "warning"', "warning", "info"),
  ),
  limit: 8,
};
/** What is the matter where; far below the 512 kB of a whole event. */
export const PAGERDUTY_ALERTS: ChannelTemplate = {
  name: "whalewatch.pagerduty.alerts",
  fragment: descriptions(plain, { alerts: 20, description: 500 }),
  limit: 20_000,
};
/** The dashboard, for PagerDuty's link; empty where there is none, which leaves the link out. */
export const PAGERDUTY_DASHBOARD: ChannelTemplate = {
  name: "whalewatch.pagerduty.dashboard",
  fragment: bareLink("dashboard_url"),
  limit: 1024,
};
/** The runbook, likewise. */
export const PAGERDUTY_RUNBOOK: ChannelTemplate = {
  name: "whalewatch.pagerduty.runbook",
  fragment: bareLink("runbook_url"),
  limit: 1024,
};
