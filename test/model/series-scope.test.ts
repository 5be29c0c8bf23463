import assert from "node:assert/strict";
import { test } from "node:test";
import { scoped } from "../../model/series-scope";

const scope = { project: "p", environment: "e" };
const OURS = 'project="p", environment="e"';

for (const [expr, expected] of [
  ["up == 0", `up{${OURS}} == 0`],
  ["up{}", `up{${OURS}}`],
  ['{job="a"}', `{${OURS}, job="a"}`],
  [
    '(count(up{job="a"} == 1) or vector(0)) < 2',
    `(count(up{${OURS}, job="a"} == 1) or vector(0)) < 2`,
  ],
  [
    "sum by (le) (rate(x[$__rate_interval])) / on (job) y offset 5m",
    `sum by (le) (rate(x{${OURS}}[$__rate_interval])) / on (job) y{${OURS}} offset 5m`,
  ],
  ['rate(x{service=~"$service"}[5m:1m])', `rate(x{${OURS}, service=~"$service"}[5m:1m])`],
  ["redis:memory_used:ratio > 0.9", `redis:memory_used:ratio{${OURS}} > 0.9`],
  ['x{y="}"} + x', `x{${OURS}, y="}"} + x{${OURS}}`],
  ["vector(1)", "vector(1)"],
] as const) {
  test(`${expr} asks for the stack's own series`, () => {
    assert.equal(scoped(expr, scope), expected);
  });
}

test("a value is text, whatever is in it", () => {
  assert.equal(scoped("up", { a: 'b"c\\' }), 'up{a="b\\"c\\\\"}');
});
