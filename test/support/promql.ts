import { parser } from "@prometheus-io/lezer-promql";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A series that an expression selects. */
export interface Selection {
  /** Empty where a selector names no metric. */
  readonly metric: string;
  /** The function around it that reads a range, such as `rate`; absent for an instant. */
  readonly over?: string;
  /** Within a sum, max or another aggregation. */
  readonly aggregated: boolean;
}

/** Two things that an expression divides. */
export interface Ratio {
  readonly text: string;
  /** Each side's aggregations and selections; a plain number has neither. */
  readonly sides: readonly { readonly groups: readonly string[]; readonly raw: boolean }[];
}

/** A PromQL expression, taken apart. */
export class PromQl {
  private readonly nodes: readonly SyntaxNode[];
  /** The expression as parsed: Grafana's own intervals are filled in first. */
  readonly text: string;

  constructor(expr: string) {
    this.text = expr.replace(/\$__(?:rate_)?(?:interval|range)\b/g, "1m");
    this.nodes = below(parser.parse(this.text).topNode);
  }

  /** How many places do not parse. */
  get errors(): number {
    return this.nodes.filter(({ type }) => type.isError).length;
  }

  /** Every selector, in order. */
  get selections(): Selection[] {
    return this.named("VectorSelector").map((selector) => {
      const range = above(selector).find(({ name }) => name === "MatrixSelector");
      const call = range && above(range).find(({ name }) => name === "FunctionCall");
      const over = call?.getChild("FunctionIdentifier");
      const identifier = selector.getChild("Identifier");
      return {
        metric: identifier ? this.source(identifier) : "",
        ...(over && { over: this.source(over) }),
        aggregated: isAggregated(selector),
      };
    });
  }

  /** Every division of one series by another. */
  get ratios(): Ratio[] {
    return this.named("BinaryExpr")
      .filter((node) => node.getChild("Div"))
      .map((node) => ({
        text: this.source(node),
        sides: [node.firstChild, node.lastChild].flatMap((side) => (side ? [this.side(side)] : [])),
      }));
  }

  /** The grouping labels of every aggregation, such as `["service", "le"]`. */
  get groupings(): string[][] {
    return this.named("AggregateExpr").map((node) => this.labels(node));
  }

  /** For every histogram_quantile, the labels that its buckets are summed by. */
  get quantileGroupings(): string[][] {
    return this.named("HistogramQuantile").map((identifier) => {
      const call = above(identifier).find(({ name }) => name === "FunctionCall");
      const sum = call && below(call).find(({ name }) => name === "AggregateExpr");
      return sum ? this.labels(sum) : [];
    });
  }

  private side(node: SyntaxNode): Ratio["sides"][number] {
    const selectors = below(node).filter(({ name }) => name === "VectorSelector");
    const groups = below(node).filter(({ name }) => name === "AggregateExpr");
    return {
      groups: groups.map((group) => this.labels(group).sort().join(", ")),
      raw: selectors.some((selector) => !isAggregated(selector)),
    };
  }

  private labels(aggregate: SyntaxNode): string[] {
    const labels = aggregate.getChild("AggregateModifier")?.getChild("GroupingLabels");
    return (labels?.getChildren("LabelName") ?? []).map((label) => this.source(label));
  }

  private named(name: string): SyntaxNode[] {
    return this.nodes.filter((node) => node.name === name);
  }

  private source({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

function below(node: SyntaxNode): SyntaxNode[] {
  const nodes = [node];
  for (let child = node.firstChild; child; child = child.nextSibling) nodes.push(...below(child));
  return nodes;
}

function above(node: SyntaxNode): SyntaxNode[] {
  return node.parent ? [node.parent, ...above(node.parent)] : [];
}

function isAggregated(selector: SyntaxNode): boolean {
  return above(selector).some(({ name }) => name === "AggregateExpr");
}
