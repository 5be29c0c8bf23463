import { parser } from "@prometheus-io/lezer-promql";
import type { Stack } from "./stack";

/** Labels that tell a stack's series from those of others. */
export type SeriesScope = Readonly<Record<string, string>>;

type Node = ReturnType<typeof parser.parse>["topNode"];

/** The labels that a stack's series carry wherever others keep theirs too. */
export function seriesLabels({ project, name }: Pick<Stack, "project" | "name">): SeriesScope {
  return { project, environment: name };
}

/**
 * An expression whose every selector asks for series with these labels alone. Grafana's variables
 * may stand for durations and within strings.
 */
export function scoped(expr: string, scope: SeriesScope): string {
  const matchers = Object.entries(scope)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(", ");
  // As long as what it stands for, so that positions in one are positions in the other.
  const parsable = expr.replace(/\$__[a-z_]+/g, (name) => "1m".padStart(name.length, "0"));
  return selectors(parser.parse(parsable).topNode)
    .sort((a, b) => b.to - a.to)
    .reduce((text, selector) => {
      const existing = selector.getChild("LabelMatchers");
      if (!existing) return `${text.slice(0, selector.to)}{${matchers}}${text.slice(selector.to)}`;
      const rest = text.slice(existing.from + 1);
      const separator = /^\s*\}/.test(rest) ? "" : ", ";
      return `${text.slice(0, existing.from)}{${matchers}${separator}${rest}`;
    }, expr);
}

function selectors(node: Node): Node[] {
  if (node.name === "VectorSelector") return [node];
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(...selectors(child));
  }
  return found;
}
