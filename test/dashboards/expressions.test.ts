import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  annotationExpressions,
  exportersOf,
  type Expression,
  METRICS,
  panelExpressions,
  recordedSeries,
  ruleExpressions,
} from "../support/expressions";
import { Duration } from "../../model/units/duration";
import { PromQl } from "../support/promql";
import { projectFile, projectStack, service, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");
const off = { enabled: false };
const stacks = {
  dev,
  prod: projectStack("prod"),
  "one service": stackFrom({ services: { api: service() } }),
  "no service": stackFrom({ postgres: {}, redis: {} }),
  "probes outside alone": stackFrom({
    probes: { site: { url: "https://www.example.com/" }, plain: { url: "http://203.0.113.7/" } },
  }),
  "a probe without TLS": stackFrom({ probes: { plain: { url: "http://203.0.113.7/" } } }),
  "replicas that are not probed": stackFrom({
    services: { api: service({ replicas: 3, health: false }) },
  }),
  "measured containers": stackFrom({
    services: { api: service() },
    postgres: {},
    redis: {},
    exporters: { containers: { enabled: true, socketGroup: 999 } },
  }),
  "no exporters": stackFrom({
    services: { api: service() },
    postgres: {},
    redis: {},
    nodeExporter: off,
    exporters: { postgres: off, redis: off, blackbox: off },
  }),
};
const expressions = (stack: typeof dev): Expression[] => [
  ...panelExpressions(stack),
  ...annotationExpressions(stack),
  ...ruleExpressions(stack),
];
/** The expressions of all stacks, each once. */
const all = [
  ...new Map(
    Object.values(stacks)
      .flatMap(expressions)
      .map((expression) => [`${expression.where}: ${expression.expr}`, expression]),
  ),
].map(([title, { expr, where }]) => ({ title, where, query: new PromQl(expr), expr }));

/** What rules record is there for other rules and for panels, as a gauge. */
const recorded = new Set(Object.values(stacks).flatMap((stack) => [...recordedSeries(stack)]));

test("the parser finds a fault where there is one", () => {
  assert.equal(new PromQl("sum(rate(http_requests_total[1m])").errors > 0, true);
  assert.equal(new PromQl("up == 0").errors, 0);
});

for (const { title, query } of all) {
  test(`${title} parses, and rates exactly the counters`, () => {
    assert.equal(query.errors, 0);
    for (const { metric, over } of query.selections) {
      const facts = METRICS.get(metric) ?? (recorded.has(metric) ? { counter: false } : undefined);
      assert.ok(facts, `nothing exposes ${metric}`);
      const rated = over === "rate" || over === "increase";
      assert.equal(rated, facts.counter, `${metric} is ${facts.counter ? "a" : "no"} counter`);
    }
  });
}

describe("what a stack asks for is exposed by something that it scrapes", () => {
  for (const [title, stack] of Object.entries(stacks)) {
    test(title, () => {
      const exporters = exportersOf(stack);
      const unanswered = expressions(stack).flatMap(({ where, expr }) =>
        new PromQl(expr).selections.flatMap(({ metric }) => {
          const exporter = METRICS.get(metric)?.exporter;
          const there =
            recordedSeries(stack).has(metric) ||
            (exporter !== undefined && exporters.has(exporter));
          return there ? [] : [`${where}: ${metric}`];
        }),
      );
      assert.deepEqual(unanswered, []);
    });
  }
});

test("a ratio aggregates both of its sides, by the same labels", () => {
  const ratios = all.flatMap(({ query }) => query.ratios);
  assert.ok(ratios.length >= 6, `${ratios.length} ratios`);
  for (const { text, sides } of ratios) {
    assert.ok(
      sides.every(({ raw }) => !raw),
      text,
    );
    const groups = new Set(sides.flatMap((side) => side.groups));
    assert.equal(groups.size, 1, text);
  }
});

test("a quantile is taken of buckets summed by le", () => {
  const quantiles = all.flatMap(({ query }) => query.quantileGroupings);
  assert.ok(quantiles.length > 0);
  for (const labels of quantiles) assert.ok(labels.includes("le"), labels.join(", "));
});

test("a panel's rate covers four scrapes whatever the interval: Grafana fills the window in", () => {
  for (const { where, expr } of all) {
    const windows = [...expr.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]);
    if (where.startsWith("panel") || where.startsWith("annotation")) {
      assert.deepEqual(
        windows.filter((window) => window !== "$__rate_interval"),
        [],
        where,
      );
    }
  }
});

test("a rule's windows hold four scrapes, even at the rarest that is allowed", () => {
  for (const { where, expr } of all.filter((each) => each.where.startsWith("rule"))) {
    for (const [, window = ""] of expr.matchAll(/\[([^\]:]+)\]/g)) {
      assert.ok(Duration.parse(window).seconds >= 4 * 60, `${where}: ${window}`);
    }
  }
});

test("what is recorded is named level:metric:operations, and no other series is", () => {
  assert.ok(recorded.size > 0);
  for (const name of recorded) assert.match(name, /^[a-z_]+:[a-z_]+:[a-z0-9_]+$/);
});

test("rules have no window that only Grafana could fill in", () => {
  const rules = all.filter(({ where }) => where.startsWith("rule"));
  assert.ok(rules.length > 0);
  assert.deepEqual(
    rules.filter(({ expr }) => expr.includes("$__")),
    [],
  );
});

test("the metrics listed for the model service are those that its source names", () => {
  const source = ["create-metrics", "add-system-gauges"]
    .map((name) => projectFile(`services/model-api/src/metrics/${name}.ts`))
    .join("\n");
  const named = [...source.matchAll(/"([a-z]+(?:_[a-z]+)+)"/g)].map((match) => match[1] ?? "");
  const labels = ["status_code", "error_type"];
  const bases = [...METRICS]
    .filter(([, { exporter }]) => exporter === "modelApi")
    .map(([name]) => name.replace(/_(?:bucket|sum|count)$/, ""));
  assert.deepEqual(
    [...new Set(named.filter((name) => !labels.includes(name)))].sort(),
    [...new Set(bases)].sort(),
  );
});
