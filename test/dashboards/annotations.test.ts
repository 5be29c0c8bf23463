import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { annotationExpressions, dashboardFiles } from "../support/expressions";
import { projectStack, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");

describe("graphs mark what happened", () => {
  const marks = (stack: typeof dev): (readonly [file: string, names: string[]])[] =>
    dashboardFiles(stack).map(([file, dashboard]) => [
      file,
      dashboard.at("annotations", "list").list.map((mark) => mark.at("name").text),
    ]);

  test("every deploy and every start of a service, wherever something is drawn", () => {
    for (const [file, names] of marks(dev)) {
      assert.deepEqual(names, file === "runbooks.json" ? [] : ["Deploys", "Starts"], file);
    }
  });

  test("no starts where no service says when it started", () => {
    for (const [file, names] of marks(stackFrom({ redis: {} }))) {
      assert.deepEqual(names, file === "runbooks.json" ? [] : ["Deploys"], file);
    }
  });

  test("a mark is switched on, names the one datasource, and shows labels that are there", () => {
    for (const [, dashboard] of dashboardFiles(dev)) {
      for (const mark of dashboard.at("annotations", "list").list) {
        assert.equal(mark.at("enable").plain, true);
        assert.deepEqual(mark.at("datasource").plain, { type: "prometheus", uid: "Prometheus" });
        const [, shown] = /\{\{(\w+)\}\}/.exec(mark.at("titleFormat").text) ?? [];
        assert.equal(shown, mark.at("tagKeys").text);
      }
    }
  });

  test("a mark looks back as far as Grafana leaves between two points, whatever is shown", () => {
    for (const { expr } of annotationExpressions(dev)) assert.match(expr, /\$__(?:rate_)?interval/);
  });
});
