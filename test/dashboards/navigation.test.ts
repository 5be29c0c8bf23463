import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dashboardFiles, panelsOf } from "../support/expressions";
import { PromQl } from "../support/promql";
import type { Tree } from "../support/rendered";
import { projectStack, service, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");

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
    for (const [, dashboard] of dashboardFiles(dev)) {
      for (const panel of panelsOf(dashboard)) {
        if (panel.at("fieldConfig", "defaults", "links").list.length === 0) continue;
        for (const target of panel.at("targets").list) {
          assert.ok(new PromQl(target.at("expr").text).groupings.flat().includes("service"));
        }
      }
    }
  });
});
