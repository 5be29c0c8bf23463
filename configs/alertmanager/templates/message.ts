import { concat, count, type Escape, firstOf, type Fragment, moment, text, when } from "./fragment";

/** How a channel writes what all messages are made of. */
export interface Markup {
  readonly escape: Escape;
  readonly newline: string;
  readonly bold: (inner: Fragment) => Fragment;
  /** A link to the URL that the expression gives, of at most so many characters. */
  readonly link: (label: string, url: Fragment) => Fragment;
  /** What a URL grows by for each `&` in it. */
  readonly ampersand: number;
}

/** How much a message may hold. */
export interface Room {
  /** Alerts that are told one by one. */
  readonly alerts: number;
  /** Characters of each one's description. */
  readonly description: number;
}

const NAME = 80;
const SUMMARY = 200;
const FIRST = "(index .Alerts 0)";

/** The alert's name, and what has become of it: `CRITICAL: RedisDown`. */
export function title(escape: Escape): Fragment {
  const severity = text(".CommonLabels.severity | toUpper", 12, escape);
  return concat(
    when(
      'eq .Status "firing"',
      concat(when(".CommonLabels.severity", severity, "FIRING")),
      "RESOLVED",
    ),
    ": ",
    text(".CommonLabels.alertname", NAME, escape),
  );
}

/** A sign for how urgent it is. */
export const sign: Fragment = when(
  'eq .Status "resolved"',
  "✅",
  when(
    'eq .CommonLabels.severity "critical"',
    "🔴",
    when('eq .CommonLabels.severity "warning"', "🟠", "🔵"),
  ),
);

/** Where it is: project, environment, and the service or job. */
export function place(escape: Escape): Fragment {
  const subject = "or .CommonLabels.service .CommonLabels.job";
  return concat(
    text(".CommonLabels.project", 40, escape),
    "/",
    text(".CommonLabels.environment", 40, escape),
    when(subject, concat(" · ", text(subject, NAME, escape))),
  );
}

/** How many alerts there are: `3 firing, 1 resolved`. */
export const howMany: Fragment = concat(
  when("len .Alerts.Firing", concat(count("len .Alerts.Firing"), " firing")),
  when("and (len .Alerts.Firing) (len .Alerts.Resolved)", ", "),
  when("len .Alerts.Resolved", concat(count("len .Alerts.Resolved"), " resolved")),
);

/** What it is, in one sentence. */
export function summary(escape: Escape): Fragment {
  return text(`${FIRST}.Annotations.summary`, SUMMARY, escape);
}

/** What is the matter where, and since when; the first few, then how many more. */
export function descriptions({ escape, newline }: Markup, { alerts, description }: Room): Fragment {
  const what = text("or .Annotations.description .Annotations.summary", description, escape);
  const listed = (list: string, when: Fragment) =>
    firstOf(
      list,
      alerts,
      concat("• ", what, " (", when, ")", newline),
      concat("and ", count(`len (slice ${list} ${alerts})`), " more", newline),
    );
  return when(
    'eq .Status "firing"',
    listed(".Alerts.Firing", concat("since ", moment(".StartsAt"))),
    listed(".Alerts.Resolved", concat(moment(".StartsAt"), " to ", moment(".EndsAt"))),
  );
}

/** An annotation of the first alert that is a link. */
export type Link = "dashboard_url" | "runbook_url";

/** Where to look, and what to do. */
export function links(markup: Markup): Fragment {
  const to = (label: string, link: Link) =>
    when(linkable(link), markup.link(label, url(link, markup.ampersand)));
  return concat(
    to("Dashboard", "dashboard_url"),
    when(`and (${linkable("dashboard_url")}) (${linkable("runbook_url")})`, " · "),
    to("Runbook", "runbook_url"),
  );
}

/** A link's URL; nothing where there is none that can be sent. */
export function bareLink(link: Link): Fragment {
  return when(linkable(link), url(link, 0));
}

/** The whole message, its title in bold. */
export function message(markup: Markup, room: Room): Fragment {
  const { newline, escape } = markup;
  return concat(sign, " ", markup.bold(title(escape)), newline, body(markup, room));
}

/** The message below its title. */
export function body(markup: Markup, room: Room): Fragment {
  const { newline, escape } = markup;
  return concat(
    ...[place(escape), " · ", howMany, newline],
    ...[summary(escape), newline],
    descriptions(markup, room),
    links(markup),
  );
}

/** Longest URL that is sent as a link; a longer one would push out what matters more. */
const URL_LENGTH = 250;
const AMPERSANDS = 6;

/** Whether there is a URL, made of what no channel takes for markup, that is not too long. */
function linkable(link: Link): string {
  const expression = `${FIRST}.Annotations.${link}`;
  const shape = `^https?://[A-Za-z0-9._~:/?#@!$,;=%&-]{1,${URL_LENGTH - "https://".length}}$`;
  return `and (match ${JSON.stringify(shape)} ${expression}) (not (match "(&[^&]*){${AMPERSANDS + 1}}" ${expression}))`;
}

function url(link: Link, ampersand: number): Fragment {
  return {
    template: `{{ ${FIRST}.Annotations.${link} }}`,
    most: URL_LENGTH + AMPERSANDS * ampersand,
  };
}
