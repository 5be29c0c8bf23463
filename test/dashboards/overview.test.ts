import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dashboardFiles, panelExpressions, panelsOf } from "../support/expressions";
import { projectStack, service, stackFrom } from "../support/stack-settings";

const dev = projectStack("dev");

const overviewTitles = (stack: typeof dev): string[] =>
  dashboardFiles(stack)
    .filter(([file]) => file === "backend-overview.json")
    .flatMap(([, dashboard]) => panelsOf(dashboard).map((panel) => panel.at("title").text));

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
