import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { ALERT_DEFINITIONS } from "../../model/alerts/catalog";
import { METRICS, recordedSeries } from "../support/expressions";
import { PromQl } from "../support/promql";
import { projectFile } from "../support/stack-settings";
import { ALERT_CASES } from "../configs/prometheus/rules/alert-cases";

const FOLDER = path.resolve(__dirname, "../../docs/runbooks");
const SECTIONS = ["Meaning", "Impact", "Diagnosis", "Mitigation"];
const recorded = new Set(
  [...new Set(ALERT_CASES.map(({ stack }) => stack))].flatMap((stack) => [
    ...recordedSeries(stack),
  ]),
);

test("there is a runbook for every alert, and none for what is no alert", () => {
  const names = readdirSync(FOLDER).map((file) => path.basename(file, ".md"));
  assert.deepEqual(names.sort(), [...ALERT_DEFINITIONS.keys()].sort());
});

for (const name of ALERT_DEFINITIONS.keys()) {
  describe(`the runbook of ${name}`, () => {
    const text = projectFile(`docs/runbooks/${name}.md`);

    test("has the four sections, each with something to read", () => {
      const [title, ...sections] = text.split(/^## /m);
      assert.equal(title?.trim(), `# ${name}`);
      assert.deepEqual(
        sections.map((section) => section.split("\n")[0]),
        SECTIONS,
      );
      for (const section of sections) assert.match(section, /\n\n\S.{10}/);
    });

    test("asks for series that exist", () => {
      const queries = [...text.matchAll(/```promql\n([^`]+)```/g)].map((match) => match[1] ?? "");
      assert.ok(queries.length > 0, "no query to begin with");
      for (const query of queries.map((each) => new PromQl(each.trim()))) {
        assert.equal(query.errors, 0, query.text);
        for (const { metric } of query.selections) {
          assert.ok(METRICS.has(metric) || recorded.has(metric), `nothing exposes ${metric}`);
        }
      }
    });
  });
}
