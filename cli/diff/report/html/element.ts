import { html } from "../markdown-text";

/** Markup that is known to be well-formed; everything that comes from a plan goes through `text`. */
export interface Markup {
  readonly markup: string;
}

type Content = Markup | string | readonly (Markup | string)[];

/** An element; strings among its content are text. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  content: Content = [],
): Markup {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${html(value)}"`);
  return { markup: `<${tag}${written.join("")}>${inside(content)}</${tag}>` };
}

/** Parts one after another. */
export function parts(content: Content): Markup {
  return { markup: inside(content) };
}

/** Bold and code in the few words that have them in a report; all else is text. */
export function rich(text: string): Markup {
  const pieces = text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((piece) => {
    if (piece.startsWith("**")) return element("strong", {}, piece.slice(2, -2));
    return piece.startsWith("`") ? element("code", {}, piece.slice(1, -1)) : piece;
  });
  return parts(pieces);
}

/** A table with a heading for each column; nothing where it has no rows. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
): Markup {
  if (rows.length === 0) return parts([]);
  const head = heads.map((name) => element("th", { scope: "col" }, name));
  const body = rows.map((cells) => {
    const [first = "", ...others] = cells;
    return element("tr", {}, [
      element("th", { scope: "row" }, first),
      ...others.map((cell) => element("td", {}, cell)),
    ]);
  });
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, [
    element("table", {}, [
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, body),
    ]),
  ]);
}

/** A list; nothing where it has no items. */
export function list(items: readonly (Markup | string)[]): Markup {
  if (items.length === 0) return parts([]);
  return element(
    "ul",
    {},
    items.map((item) => element("li", {}, item)),
  );
}

function inside(content: Content): string {
  if (typeof content === "string") return html(content);
  if ("markup" in content) return content.markup;
  return content.map((each) => (typeof each === "string" ? html(each) : each.markup)).join("");
}
