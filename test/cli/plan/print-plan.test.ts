import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { describePlan } from "../../../cli/plan/print-plan";
import type { Plan } from "../../../cli/plan/plan";
import { plannedWorkload, samplePlan } from "../../support/planned";

/** Lines as read, without colours and with runs of spaces as one. */
const linesOf = (plan: Plan) =>
  stripVTControlCharacters(describePlan(plan))
    .split("\n")
    .map((line) => line.replace(/ +/g, " ").trim());

const environment = {
  urn: "urn:env",
  type: "whalewatch:index:Environment",
  name: "try",
  parent: null,
};
const redis = {
  urn: "urn:redis",
  type: "whalewatch:index:Redis",
  name: "redis",
  parent: "urn:env",
};
const part = (urn: string, type: string) => ({ urn, type, name: urn, parent: "urn:redis" });

test("a plan is told in sections that a person can read", () => {
  const plan = samplePlan({
    resources: [
      environment,
      redis,
      part("urn:1", "docker:index/volume:Volume"),
      part("urn:2", "docker:index/container:Container"),
      part("urn:3", "docker:index/volume:Volume"),
    ],
    workloads: [
      plannedWorkload({
        connects: ["redis"],
        ports: [{ ip: "127.0.0.1", host: 8001, container: 8000 }],
        replicas: 2,
      }),
      plannedWorkload({ name: "redis", role: "store", user: "999:999", readOnly: false }),
    ],
    targets: [{ job: "api", workload: "api", port: 8000, path: "/metrics", intervalSeconds: 15 }],
    outsideProbes: [{ name: "site", url: "https://www.example.com/", intervalSeconds: 60 }],
    alerts: [
      { group: "redis", name: "RedisDown", severity: "critical", for: "1m", expr: "redis_up == 0" },
      { group: "redis", name: "RedisFull", severity: "warning", for: null, expr: "a > 1" },
      { group: "redis", name: "RedisFull", severity: "warning", for: null, expr: "b > 1" },
      { group: "prometheus", name: "Watchdog", severity: "none", for: null, expr: "vector(1)" },
    ],
    receivers: [
      { name: "phone", kind: "telegram", severities: ["critical"], teams: {} },
      { name: "room", kind: "slack", severities: [], teams: { vision: ["critical", "warning"] } },
    ],
    dashboards: [{ uid: "redis", title: "Redis", panels: 14 }],
  });
  assert.deepEqual(linesOf(plan), [
    "",
    "whalewatch/try: 5 resources",
    "Environment try",
    "Redis redis 2 Volume, 1 Container",
    "",
    "Workloads",
    "workload image memory cpu published user root",
    "api x 2 acme/api:1.0.0 64 MiB 0.25 127.0.0.1:8001 -> 8000 1000:1000 read-only",
    "redis acme/api:1.0.0 64 MiB 0.25 999:999 writable",
    "Memory ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 128 of 512 MiB (25 %)",
    "",
    "Connections",
    "api -> redis",
    "",
    "Scrape targets",
    "job address every",
    "api api:8000/metrics 15 s",
    "",
    "Outside probes",
    "probe url every",
    "site https://www.example.com/ 60 s",
    "",
    "Alerts",
    "subject critical warning other alerts",
    "redis 1 2 0 RedisDown, RedisFull",
    "prometheus 0 0 1 Watchdog",
    "",
    "Receivers",
    "receiver by is told of",
    "phone telegram critical",
    "room slack vision: critical, warning",
    "",
    "Dashboards",
    "redis Redis (14 panels)",
    "",
    "Policies",
    "0 policies: no violation",
  ]);
});

for (const [limitsMiB, hostMiB, filled, share] of [
  [0, 512, 0, 0],
  [512, 512, 40, 100],
  [1, 512, 0, 0],
  [500, 512, 39, 98],
] as const) {
  test(`${limitsMiB} of ${hostMiB} MiB fill ${filled} of 40 marks`, () => {
    const bar = linesOf(samplePlan({ budget: { limitsMiB, hostMiB } })).find((line) =>
      line.startsWith("Memory"),
    );
    const marks = "█".repeat(filled) + "░".repeat(40 - filled);
    assert.equal(bar, `Memory ${marks} ${limitsMiB} of ${hostMiB} MiB (${share} %)`);
  });
}

test("a stack without monitoring says so in place of targets, alerts and dashboards", () => {
  const off = "none: monitoring is switched off";
  assert.deepEqual(linesOf(samplePlan()).slice(-14, -3), [
    ...["Scrape targets", off, ""],
    ...["Alerts", off, ""],
    ...["Receivers", "none: alerts show on Alertmanager's page alone", ""],
    ...["Dashboards", "none: Grafana is switched off"],
  ]);
});
