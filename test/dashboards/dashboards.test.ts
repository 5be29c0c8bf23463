import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as units from "@grafana/grafana-foundation-sdk/units";
import { dashboardFiles, drawnPanels, panelsOf } from "../support/expressions";
import { PromQl } from "../support/promql";
import { projectStack } from "../support/stack-settings";

const files = dashboardFiles(projectStack("dev"));

test("there is a dashboard", () => {
  assert.ok(files.length > 0);
});

test("uids and titles are unique, so links last and no dashboard hides another", () => {
  for (const key of ["uid", "title"]) {
    const values = files.map(([, dashboard]) => dashboard.at(key).text);
    assert.equal(new Set(values).size, values.length);
  }
});

for (const [file, dashboard] of files) {
  describe(file, () => {
    test("is a bare dashboard whose file is called after its uid", () => {
      assert.equal(file, `${dashboard.at("uid").text}.json`);
      assert.match(dashboard.at("uid").text, /^[a-z0-9-]{1,40}$/);
      assert.equal(dashboard.at("dashboard").plain, undefined);
      assert.ok(dashboard.at("schemaVersion").number >= 42);
    });

    test("every panel and row has an id of its own above 0", () => {
      const ids = panelsOf(dashboard).map((panel) => panel.at("id").number);
      assert.ok(ids.every((id) => Number.isInteger(id) && id > 0));
      assert.equal(new Set(ids).size, ids.length);
    });

    test("every panel is of a living type, says what it shows, and asks something", () => {
      for (const panel of drawnPanels(dashboard)) {
        const title = panel.at("title").text;
        assert.match(panel.at("type").text, /^(?:timeseries|stat|gauge|table|bargauge)$/, title);
        assert.match(panel.at("description").text, /^[A-Z].+\.$/, title);
        assert.ok(panel.at("targets").list.length > 0, title);
      }
    });

    test("every panel and query names the one datasource", () => {
      const datasource = { type: "prometheus", uid: "Prometheus" };
      for (const panel of drawnPanels(dashboard)) {
        assert.deepEqual(panel.at("datasource").plain, datasource);
        for (const target of panel.at("targets").list) {
          assert.deepEqual(target.at("datasource").plain, datasource);
        }
      }
    });

    test("the queries of a panel have refIds of their own", () => {
      for (const panel of drawnPanels(dashboard)) {
        const refIds = panel.at("targets").list.map((target) => target.at("refId").text);
        assert.ok(refIds.every((refId) => /^[A-Z]$/.test(refId)));
        assert.equal(new Set(refIds).size, refIds.length);
      }
    });

    test("a stat asks for now, a graph for a span", () => {
      for (const panel of drawnPanels(dashboard)) {
        const stat = panel.at("type").text === "stat";
        for (const target of panel.at("targets").list) {
          assert.equal(target.at("instant").plain, stat);
          assert.equal(target.at("range").plain, !stat);
        }
      }
    });

    test("units are units that Grafana knows", () => {
      const known = Object.values<string>(units);
      for (const panel of drawnPanels(dashboard)) {
        const unit = panel.at("fieldConfig", "defaults", "unit").text;
        assert.ok(known.includes(unit), `${panel.at("title").text}: ${unit}`);
      }
    });

    test("panels stand inside the grid of 24 columns and do not overlap", () => {
      const boxes = panelsOf(dashboard).map((panel) => {
        const [x, y, w, h] = ["x", "y", "w", "h"].map((key) => panel.at("gridPos", key).number);
        return { x: x ?? 0, y: y ?? 0, w: w ?? 0, h: h ?? 0, title: panel.at("title").text };
      });
      boxes.forEach((a, index) => {
        assert.ok(a.x >= 0 && a.y >= 0 && a.w > 0 && a.h > 0 && a.x + a.w <= 24, a.title);
        for (const b of boxes.slice(0, index)) {
          const apart =
            a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
          assert.ok(apart, `${a.title} overlaps ${b.title}`);
        }
      });
    });

    test("legends use labels that their query keeps", () => {
      for (const panel of drawnPanels(dashboard)) {
        for (const target of panel.at("targets").list) {
          const legend = target.at("legendFormat").text;
          const used = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? "");
          const kept = new PromQl(target.at("expr").text).groupings.flat();
          assert.notEqual(legend, "");
          assert.deepEqual(
            used.filter((label) => !kept.includes(label)),
            [],
            panel.at("title").text,
          );
        }
      }
    });

    test("colours start at any value and change at rising ones", () => {
      for (const panel of drawnPanels(dashboard)) {
        const steps = panel.at("fieldConfig", "defaults", "thresholds", "steps").list;
        const [first, ...later] = steps.map((step) => step.at("value").plain);
        assert.equal(first, null, panel.at("title").text);
        assert.deepEqual(
          later,
          [...later].sort((a, b) => Number(a) - Number(b)),
        );
      }
    });
  });
}
