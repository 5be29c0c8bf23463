import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as units from "@grafana/grafana-foundation-sdk/units";
import {
  annotationExpressions,
  dashboardFiles,
  panelExpressions,
  panelsOf,
} from "../support/expressions";
import { PromQl } from "../support/promql";
import type { Tree } from "../support/rendered";
import { projectStack, service, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");
const files = dashboardFiles(dev);
/** Panels that draw something: rows only part them, texts ask nothing. */
const drawn = (dashboard: Tree): Tree[] =>
  panelsOf(dashboard).filter((panel) => !["row", "text"].includes(panel.at("type").text));
const overviewTitles = (stack: typeof dev): string[] =>
  dashboardFiles(stack)
    .filter(([file]) => file === "backend-overview.json")
    .flatMap(([, dashboard]) => panelsOf(dashboard).map((panel) => panel.at("title").text));

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
      for (const panel of drawn(dashboard)) {
        const title = panel.at("title").text;
        assert.match(panel.at("type").text, /^(?:timeseries|stat|gauge|table|bargauge)$/, title);
        assert.match(panel.at("description").text, /^[A-Z].+\.$/, title);
        assert.ok(panel.at("targets").list.length > 0, title);
      }
    });

    test("every panel and query names the one datasource", () => {
      const datasource = { type: "prometheus", uid: "Prometheus" };
      for (const panel of drawn(dashboard)) {
        assert.deepEqual(panel.at("datasource").plain, datasource);
        for (const target of panel.at("targets").list) {
          assert.deepEqual(target.at("datasource").plain, datasource);
        }
      }
    });

    test("the queries of a panel have refIds of their own", () => {
      for (const panel of drawn(dashboard)) {
        const refIds = panel.at("targets").list.map((target) => target.at("refId").text);
        assert.ok(refIds.every((refId) => /^[A-Z]$/.test(refId)));
        assert.equal(new Set(refIds).size, refIds.length);
      }
    });

    test("a stat asks for now, a graph for a span", () => {
      for (const panel of drawn(dashboard)) {
        const stat = panel.at("type").text === "stat";
        for (const target of panel.at("targets").list) {
          assert.equal(target.at("instant").plain, stat);
          assert.equal(target.at("range").plain, !stat);
        }
      }
    });

    test("units are units that Grafana knows", () => {
      const known = Object.values<string>(units);
      for (const panel of drawn(dashboard)) {
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
      for (const panel of drawn(dashboard)) {
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
      for (const panel of drawn(dashboard)) {
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

describe("links lead to dashboards that the stack has", () => {
  const stacks = {
    dev,
    "a worker alone": stackFrom({ services: { job: service({ metricsProfile: "process" }) } }),
    "services of both kinds": stackFrom({
      services: { api: service(), job: service({ metricsProfile: "process" }) },
    }),
    "nothing but Prometheus": stackFrom({ nodeExporter: { enabled: false } }),
  };
  const uidOf = (url: Tree): string => /^\/d\/([a-z0-9-]+)(?:\?|$)/.exec(url.text)?.[1] ?? url.text;
  const dataLinks = (stack: typeof dev): [panel: string, uid: string][] =>
    dashboardFiles(stack).flatMap(([, dashboard]) =>
      panelsOf(dashboard).flatMap((panel) =>
        panel
          .at("fieldConfig", "defaults", "links")
          .list.map((link): [string, string] => [panel.at("title").text, uidOf(link.at("url"))]),
      ),
    );

  for (const [title, stack] of Object.entries(stacks)) {
    test(title, () => {
      const dashboards = dashboardFiles(stack);
      const uids = dashboards.map(([, dashboard]) => dashboard.at("uid").text);
      for (const [file, dashboard] of dashboards) {
        const links = dashboard.at("links").list;
        assert.deepEqual(
          links.map((link) => uidOf(link.at("url"))),
          ["backend-overview", "alerts", "runbooks"],
          file,
        );
        for (const link of links) {
          assert.equal(link.at("type").text, "link");
          assert.equal(link.at("keepTime").plain, true);
          assert.equal(link.at("placement").plain, undefined);
          assert.ok(uids.includes(uidOf(link.at("url"))), link.at("url").text);
        }
      }
      for (const [panel, uid] of dataLinks(stack))
        assert.ok(uids.includes(uid), `${panel}: ${uid}`);
    });
  }

  test("a line of a service leads to its page, whichever shows it", () => {
    const http = ["Request rate", "Error ratio", "Latency, 95th percentile"];
    assert.deepEqual(dataLinks(stacks["services of both kinds"]), [
      ...http.map((panel) => [panel, "service"]),
      ["Memory", "service"],
      ["Memory", "worker"],
    ]);
    assert.deepEqual(dataLinks(stacks["a worker alone"]), [["Memory", "worker"]]);
  });

  test("a panel with such a link has a line for each service", () => {
    for (const [, dashboard] of files) {
      for (const panel of panelsOf(dashboard)) {
        if (panel.at("fieldConfig", "defaults", "links").list.length === 0) continue;
        for (const target of panel.at("targets").list) {
          assert.ok(new PromQl(target.at("expr").text).groupings.flat().includes("service"));
        }
      }
    }
  });
});

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
    for (const [, dashboard] of files) {
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

describe("the page of alerts", () => {
  const panelsIn = (stack: typeof dev): string[] =>
    dashboardFiles(stack)
      .filter(([file]) => file === "alerts.json")
      .flatMap(([, dashboard]) => drawn(dashboard).map((panel) => panel.at("title").text));
  const always = [
    ...["Firing, critical", "Firing, warning", "Firing, info", "About to fire"],
    ...["Firing", "Pending"],
  ];
  const receivers = { ops: { webhook: { url: "https://alerts.example.com/in" } } };

  test("shows who was told where somebody is", () => {
    assert.deepEqual(panelsIn(stackFrom({})), always);
    assert.deepEqual(panelsIn(stackFrom({ alerts: { receivers } })), [
      ...always,
      ...["Messages", "Messages that failed"],
    ]);
  });

  test("asks for the integrations that are declared", () => {
    const night = { pagerduty: { secret: "key" } };
    const stack = stackFrom({ alerts: { receivers: { ...receivers, night } } }, ["key"]);
    const messages = panelExpressions(stack).find(({ where }) => where === "panel Messages");
    assert.match(messages?.expr ?? "", /\{integration=~"pagerduty\|webhook"\}/);
  });

  test("counts nothing that only machines are told", () => {
    const asked = panelExpressions(dev).filter(({ where }) => /Firing|Pending|About/.test(where));
    assert.ok(asked.length >= 6);
    for (const { expr } of asked)
      assert.match(expr, /severity(!="none"|="(critical|warning|info)")/);
  });
});

describe("the overview shows what is declared", () => {
  const off = { enabled: false };
  const host = ["Host", "Host CPU", "Host memory", "Host disks"];
  const services = [
    "Services",
    "Request rate",
    "Error ratio",
    "Latency, 95th percentile",
    "Memory",
  ];
  for (const [title, stack, expected] of [
    [
      "everything",
      dev,
      [
        ...["Health", "Targets up", "Services well", "Alerts firing"],
        ...services,
        ...["Stores", "Postgres connections", "Redis memory"],
        ...host,
      ],
    ],
    [
      "no stores",
      stackFrom({ services: { api: service() } }),
      ["Health", "Targets up", "Services well", "Alerts firing", ...services, ...host],
    ],
    [
      "no services",
      stackFrom({ redis: {} }),
      ["Health", "Targets up", "Alerts firing", "Stores", "Redis memory", ...host],
    ],
    [
      "nothing but Prometheus",
      stackFrom({ nodeExporter: off }),
      ["Health", "Targets up", "Alerts firing"],
    ],
  ] as const) {
    test(`${title}: ${expected.length} rows and panels`, () => {
      assert.deepEqual(overviewTitles(stack), expected);
    });
  }
});

test("targets up is measured against what is declared, replicas counted and probes not", () => {
  const targetsUp = (stack: typeof dev): string | undefined =>
    panelExpressions(stack).find(({ where }) => where === "panel Targets up")?.expr;
  assert.equal(targetsUp(dev), 'sum(up{job!="probe"}) / 10');
  const wide = stackFrom({ services: { api: service({ replicas: 4, health: false }) } });
  assert.equal(targetsUp(wide), "sum(up) / 8");
});
