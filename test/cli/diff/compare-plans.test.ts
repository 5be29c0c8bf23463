import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePlans, type PlanComparison } from "../../../cli/diff/compare-plans";
import type { Plan, PlannedAlert } from "../../../cli/plan/plan";
import { plannedWorkload, samplePlan } from "../../support/planned";

const same = { added: [], removed: [], changed: [] };
const budget = { limitsMiB: 128, hostMiB: 512 };
const unchanged: PlanComparison = {
  workloads: same,
  connections: { added: [], removed: [] },
  published: { added: [], removed: [] },
  targets: same,
  outsideProbes: same,
  alerts: same,
  receivers: same,
  dashboards: same,
  files: same,
  budget: { before: budget, after: budget },
};

const api = plannedWorkload({ name: "api" });
const redis = plannedWorkload({ name: "redis", role: "store" });
const alert = (given: Partial<PlannedAlert> = {}): PlannedAlert => ({
  group: "redis",
  name: "RedisFull",
  severity: "warning",
  for: "5m",
  expr: 'redis_used{job="redis"} > 0.8',
  ...given,
});
const down = (job: string): PlannedAlert =>
  alert({ group: "availability", name: "ServiceDown", expr: `up{job="${job}"} == 0` });
const covers = (services: string): PlannedAlert =>
  alert({ name: "ServiceSlow", expr: `latency{job="probe", service=~"${services}"} > 2` });
const target = {
  job: "api",
  workload: "api",
  port: 8000,
  path: "/metrics",
  intervalSeconds: 15,
};
const probe = { name: "site", url: "https://www.example.com/", intervalSeconds: 60 };
const phone = { name: "phone", kind: "telegram", severities: ["critical"], teams: {} };
const board = { uid: "redis", title: "Redis", panels: 14 };
const file = { workload: "api", path: "/etc/a.yml", sha256: "1" };

const cases: readonly [string, Partial<Plan>, Partial<Plan>, Partial<PlanComparison>][] = [
  ["nothing", {}, {}, {}],
  [
    "a workload that came, and its budget",
    { workloads: [redis] },
    { workloads: [api, redis], budget: { limitsMiB: 192, hostMiB: 512 } },
    {
      workloads: { ...same, added: [api] },
      budget: { before: budget, after: { limitsMiB: 192, hostMiB: 512 } },
    },
  ],
  [
    "a workload that went",
    { workloads: [api, redis] },
    { workloads: [api] },
    { workloads: { ...same, removed: [redis] } },
  ],
  [
    "each field of a workload",
    { workloads: [api] },
    {
      workloads: [
        plannedWorkload({
          role: "store",
          image: "acme/api:2.0.0",
          replicas: 2,
          schedule: "daily at 02:00",
          limits: { memoryMiB: 96, cpuMillis: 500 },
          volumes: [{ name: "data", path: "/data" }],
          user: "0:0",
          readOnly: false,
        }),
      ],
    },
    {
      workloads: {
        ...same,
        changed: [
          {
            name: "api",
            changes: [
              { field: "role", before: "service", after: "store" },
              { field: "image", before: "acme/api:1.0.0", after: "acme/api:2.0.0" },
              { field: "replicas", before: "1", after: "2" },
              { field: "schedule", before: "all the time", after: "daily at 02:00" },
              { field: "memory", before: "64 MiB", after: "96 MiB" },
              { field: "cpu", before: "0.25", after: "0.5" },
              { field: "volumes", before: "none", after: "data at /data" },
              { field: "user", before: "1000:1000", after: "0:0" },
              { field: "root", before: "read-only", after: "writable" },
            ],
          },
        ],
      },
    },
  ],
  [
    "connections and published ports",
    {
      workloads: [
        plannedWorkload({
          connects: ["redis", "postgres"],
          ports: [{ ip: "127.0.0.1", host: 8001, container: 8000 }],
        }),
      ],
    },
    {
      workloads: [
        plannedWorkload({
          connects: ["redis", "models"],
          ports: [{ ip: "0.0.0.0", host: 8001, container: 8000 }],
        }),
      ],
    },
    {
      connections: {
        added: [{ from: "api", to: "models" }],
        removed: [{ from: "api", to: "postgres" }],
      },
      published: {
        added: ["api: 0.0.0.0:8001 -> 8000"],
        removed: ["api: 127.0.0.1:8001 -> 8000"],
      },
    },
  ],
  [
    "targets",
    { targets: [target, { ...target, job: "old" }] },
    {
      targets: [
        { ...target, port: 9000, intervalSeconds: 30 },
        { ...target, job: "new" },
      ],
    },
    {
      targets: {
        added: [{ ...target, job: "new" }],
        removed: [{ ...target, job: "old" }],
        changed: [
          {
            name: "api",
            changes: [
              { field: "address", before: "api:8000/metrics", after: "api:9000/metrics" },
              { field: "every", before: "15 s", after: "30 s" },
            ],
          },
        ],
      },
    },
  ],
  [
    "probes outside",
    { outsideProbes: [probe, { ...probe, name: "old" }] },
    {
      outsideProbes: [
        { ...probe, url: "https://example.com/", intervalSeconds: 30 },
        { ...probe, name: "new" },
      ],
    },
    {
      outsideProbes: {
        added: [{ ...probe, name: "new" }],
        removed: [{ ...probe, name: "old" }],
        changed: [
          {
            name: "site",
            changes: [
              { field: "url", before: "https://www.example.com/", after: "https://example.com/" },
              { field: "every", before: "60 s", after: "30 s" },
            ],
          },
        ],
      },
    },
  ],
  [
    "receivers",
    { receivers: [phone, { ...phone, name: "old" }] },
    {
      receivers: [
        { ...phone, kind: "slack", severities: [], teams: { vision: ["warning", "info"] } },
        { ...phone, name: "new" },
      ],
    },
    {
      receivers: {
        added: [{ ...phone, name: "new" }],
        removed: [{ ...phone, name: "old" }],
        changed: [
          {
            name: "phone",
            changes: [
              { field: "kind", before: "telegram", after: "slack" },
              { field: "severities", before: "critical", after: "none" },
              { field: "team vision", before: "none", after: "warning, info" },
            ],
          },
        ],
      },
    },
  ],
  [
    "dashboards and files",
    { dashboards: [board], files: [file, { ...file, path: "/etc/old.yml" }] },
    {
      dashboards: [{ ...board, panels: 15 }],
      files: [
        { ...file, sha256: "2" },
        { ...file, path: "/etc/new.yml" },
      ],
    },
    {
      dashboards: {
        ...same,
        changed: [{ name: "redis", changes: [{ field: "panels", before: "14", after: "15" }] }],
      },
      files: {
        added: [{ ...file, path: "/etc/new.yml" }],
        removed: [{ ...file, path: "/etc/old.yml" }],
        changed: [
          { name: "api/etc/a.yml", changes: [{ field: "sha256", before: "1", after: "2" }] },
        ],
      },
    },
  ],
  [
    "an alert's threshold, severity and time",
    { alerts: [alert()] },
    {
      alerts: [alert({ severity: "critical", for: null, expr: 'redis_used{job="redis"} > 0.9' })],
    },
    {
      alerts: {
        ...same,
        changed: [
          {
            name: "RedisFull",
            changes: [
              { field: "severity", before: "warning", after: "critical" },
              { field: "for", before: "5m", after: "at once" },
              {
                field: "expr",
                before: 'redis_used{job="redis"} > 0.8',
                after: 'redis_used{job="redis"} > 0.9',
              },
            ],
          },
        ],
      },
    },
  ],
  [
    "a service's alert that goes, as gone and not as another's that changed",
    { alerts: [down("a"), down("b"), down("c")] },
    { alerts: [down("a"), down("c")] },
    { alerts: { ...same, removed: [down("b")] } },
  ],
  [
    "a service that takes another's place",
    { alerts: [down("a"), down("b")] },
    { alerts: [down("a"), down("c")] },
    { alerts: { added: [down("c")], removed: [down("b")], changed: [] } },
  ],
  [
    "two alerts of a name over lists of services, one of which goes",
    { alerts: [covers("a|b|c"), covers("d|e")] },
    { alerts: [covers("a|c"), covers("d|e|f")] },
    {
      alerts: {
        ...same,
        changed: [
          ["a|b|c", "a|c"],
          ["d|e", "d|e|f"],
        ].map(([before = "", after = ""]) => ({
          name: "ServiceSlow",
          changes: [{ field: "expr", before: covers(before).expr, after: covers(after).expr }],
        })),
      },
    },
  ],
  [
    "the one alert of a name, rewritten",
    { alerts: [alert({ expr: "a > 1" })] },
    { alerts: [alert({ expr: 'sum(b{job="x"}) > 1' })] },
    {
      alerts: {
        ...same,
        changed: [
          {
            name: "RedisFull",
            changes: [{ field: "expr", before: "a > 1", after: 'sum(b{job="x"}) > 1' }],
          },
        ],
      },
    },
  ],
];

const fixed = { workloads: [api, redis] };
for (const [what, before, after, expected] of cases) {
  test(`two plans are compared: ${what}`, () => {
    const [base, head] = [samplePlan({ ...fixed, ...before }), samplePlan({ ...fixed, ...after })];
    assert.deepEqual(comparePlans(base, head), { ...unchanged, ...expected });
  });
}
