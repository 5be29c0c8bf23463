/**
 * A piece of a Go template, and the most characters (runes) that it can come to, whatever alerts it
 * is given: so a message's bound follows from how it is built.
 */
export interface Fragment {
  readonly template: string;
  readonly most: number;
}

/** Fixed text; it must not look like an action. */
export function literal(text: string): Fragment {
  if (text.includes("{{")) throw new RangeError(`${text} would be an action`);
  return { template: text, most: length(text) };
}

/** Pieces one after the other. */
export function concat(...pieces: readonly (Fragment | string)[]): Fragment {
  const fragments = pieces.map((piece) => (typeof piece === "string" ? literal(piece) : piece));
  return {
    template: fragments.map(({ template }) => template).join(""),
    most: fragments.reduce((sum, { most }) => sum + most, 0),
  };
}

/** One of two pieces, by a condition. */
export function when(
  condition: string,
  then: Fragment | string,
  otherwise: Fragment | string = "",
): Fragment {
  const [yes, no] = [concat(then), concat(otherwise)];
  const alternative = no.template === "" ? "" : `{{ else }}${no.template}`;
  return {
    template: `{{ if ${condition} }}${yes.template}${alternative}{{ end }}`,
    most: Math.max(yes.most, no.most),
  };
}

/** A whole number that cannot be long, such as how many alerts there are. */
export function count(expression: string): Fragment {
  return { template: `{{ ${expression} }}`, most: MOST_DIGITS };
}

/** A moment to the minute, in UTC. */
export function moment(expression: string): Fragment {
  return {
    template: `{{ ${expression}.UTC.Format "2006-01-02 15:04 UTC" }}`,
    most: length("2006-01-02 15:04 UTC"),
  };
}

/** The first few of a list's entries, then how many more there are. Inside, the dot is the entry. */
export function firstOf(list: string, atMost: number, entry: Fragment, more: Fragment): Fragment {
  const rest = when(`gt (len ${list}) ${atMost}`, more);
  return {
    template: `{{ range $index, $entry := ${list} }}{{ if lt $index ${atMost} }}${entry.template}{{ end }}{{ end }}${rest.template}`,
    most: entry.most * atMost + rest.most,
  };
}

/** How a channel takes text literally: replacements of a regular expression, one after the other. */
export interface Escape {
  readonly replacements: readonly (readonly [pattern: string, by: string])[];
  /** What a cut may leave of a replacement, which then has to go too. */
  readonly torn?: string;
  /** Escaped here, so the template engine must not do it again. */
  readonly final?: "safeHtml";
}

/** For channels that take text as it is. */
export const PLAIN: Escape = { replacements: [] };
/** For HTML and what is like it: the three characters that Telegram and Slack ask to escape. */
export const MARKUP: Escape = {
  replacements: [
    ["&", "&amp;"],
    ["<", "&lt;"],
    [">", "&gt;"],
  ],
  torn: "&[a-z]*",
};

/**
 * A value in one line, escaped, and cut with an ellipsis at so many characters: escaped first, so
 * that the bound holds for what is sent.
 */
export function text(expression: string, most: number, escape: Escape): Fragment {
  const { replacements, torn = "", final } = escape;
  const steps = [
    replace("\\s+", " "),
    replace("^ | $", ""),
    ...replacements.map(([pattern, by]) => replace(pattern, by)),
    // A repetition of more than 1000 is refused by Go's regular expressions.
    replace(`^(.{${Math.min(most, 1000) - 1}}).{2,}$`, "${1}…"),
    ...(torn === "" ? [] : [replace(`${torn}…$`, "…")]),
    ...(final === undefined ? [] : [final]),
  ];
  return { template: `{{ ${[expression, ...steps].join(" | ")} }}`, most: Math.min(most, 1000) };
}

/** Characters as Telegram, Discord and PagerDuty count them. */
export function length(text: string): number {
  return [...text].length;
}

const MOST_DIGITS = 10;

function replace(pattern: string, by: string): string {
  return `reReplaceAll ${JSON.stringify(pattern)} ${JSON.stringify(by)}`;
}
