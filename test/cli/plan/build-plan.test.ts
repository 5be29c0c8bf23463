import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { buildPlan } from "../../../cli/plan/build-plan";
import { declareStack, serviceSettings } from "../../support/declared-stack";

const UNJUDGED = { checked: [], violations: [], exceptions: [] };
const stack = declareStack({
  host: { memory: "2Gi" },
  redis: { limits: { memory: "128Mi", cpu: "250m" } },
  services: {
    api: serviceSettings({
      publish: { port: 80, address: "0.0.0.0" },
      needs: ["redis"],
      replicas: 1,
      metrics: "/stats",
      volumes: { cache: { path: "/cache", storage: "1Gi" } },
    }),
    web: serviceSettings({ replicas: 3, metrics: false, readOnlyRoot: false, user: "7:8" }),
  },
});

test("a plan tells each workload by its limits, ports, connections, networks, volumes and user", () => {
  const { workloads } = buildPlan(stack, [], [], UNJUDGED);
  const planned = (name: string) => workloads.filter((workload) => workload.name === name);
  assert.deepEqual(planned("api"), [
    {
      name: "api",
      role: "service",
      image: "registry.example.com/api:1.0.0",
      replicas: 1,
      schedule: null,
      limits: { memoryMiB: 64, cpuMillis: 100 },
      ports: [{ ip: "0.0.0.0", host: 80, container: 8000 }],
      connects: ["redis"],
      networks: ["services", "redis"],
      volumes: [{ name: "cache", path: "/cache" }],
      user: "1000:1000",
      readOnly: true,
    },
  ]);
  assert.deepEqual(
    planned("web").map(({ replicas, ports, user, readOnly }) => [replicas, ports, user, readOnly]),
    [[3, [], "7:8", false]],
  );
  assert.deepEqual(
    workloads.map(({ name }) => name),
    stack.workloads.map(({ name }) => name),
  );
});

test("resources keep their order and their parents; the one at the top has null", () => {
  const resource = {
    ...{ custom: true, external: false, inputs: {}, dependencies: [], propertyDependencies: {} },
    ...{ protect: false, retainOnDelete: false, deleteBeforeReplace: false, ignoreChanges: [] },
    ...{ replaceOnChanges: [], additionalSecretOutputs: [], aliases: [], version: "" },
    ...{ provider: "", deletedWith: "" },
  };
  const { resources } = buildPlan(
    stack,
    [
      { ...resource, urn: "urn:b", type: "type:b", name: "b" },
      { ...resource, urn: "urn:a", type: "type:a", name: "a", parent: "urn:b" },
    ],
    [],
    UNJUDGED,
  );
  assert.deepEqual(resources, [
    { urn: "urn:b", type: "type:b", name: "b", parent: null },
    { urn: "urn:a", type: "type:a", name: "a", parent: "urn:b" },
  ]);
});

test("targets, files and budget are told with their units", () => {
  const text = "masked [secret]\n";
  const plan = buildPlan(
    stack,
    [],
    [{ workload: "api", path: "/run/secrets/redis", text }],
    UNJUDGED,
  );
  assert.deepEqual([plan.version, plan.project, plan.stack], [1, "whalewatch", "try"]);
  assert.deepEqual(
    plan.targets.filter(({ workload }) => ["api", "web"].includes(workload)),
    [{ job: "api", workload: "api", port: 8000, path: "/stats", intervalSeconds: 15 }],
  );
  assert.deepEqual(plan.files, [
    {
      workload: "api",
      path: "/run/secrets/redis",
      sha256: createHash("sha256").update(text).digest("hex"),
    },
  ]);
  const limits = stack.workloads.map(
    ({ limits: each, replicas }) => each.memory.mebibytes * replicas,
  );
  const limitsMiB = limits.reduce((sum, each) => sum + each, 0);
  assert.deepEqual(plan.budget, { limitsMiB, hostMiB: 2048 });
});

test("alerts stand in the order of evaluation with what they wait for; dashboards with their panels", () => {
  const { alerts, dashboards } = buildPlan(stack, [], [], UNJUDGED);
  assert.deepEqual(
    alerts.find(({ name }) => name === "RedisDown"),
    { group: "redis", name: "RedisDown", severity: "critical", for: "1m", expr: "redis_up == 0" },
  );
  assert.equal(alerts.find(({ name }) => name === "Watchdog")?.for, null);
  const redis = dashboards.find(({ uid }) => uid === "redis");
  assert.equal(redis?.title, "Redis");
  assert.ok(redis.panels > 10);
  const unwatched = buildPlan(
    declareStack({ services: { api: serviceSettings() }, monitoring: { enabled: false } }),
    [],
    [],
    UNJUDGED,
  );
  assert.deepEqual([unwatched.alerts, unwatched.dashboards], [[], []]);
});

test("receivers stand with their channel and what they are told of, teams by themselves", () => {
  const webhook = { webhook: { url: "https://alerts.example.com/hook" } };
  const told = declareStack({
    services: { api: serviceSettings({ team: "vision" }) },
    alerts: {
      receivers: { duty: webhook, room: webhook },
      routes: {
        default: ["room"],
        critical: ["duty", "room"],
        teams: { vision: { warning: ["duty"] } },
      },
    },
  });
  assert.deepEqual(buildPlan(told, [], [], UNJUDGED).receivers, [
    {
      name: "duty",
      kind: "webhook",
      severities: ["critical"],
      teams: { vision: ["critical", "warning"] },
    },
    {
      name: "room",
      kind: "webhook",
      severities: ["critical", "warning", "info"],
      teams: { vision: ["critical", "info"] },
    },
  ]);
});

test("policies stand with what they found, and null for what does not apply", () => {
  const found = {
    ...({ policy: "ports-must-stay-on-loopback", level: "mandatory" } as const),
    ...{ resource: "api-container", message: "Wrong.", remedy: "Do." },
  };
  const exception = {
    ...({ rule: "memory-must-fit-the-host", resource: "try", reason: "it swaps" } as const),
    ...({ expires: "2027-01-31", state: "used" } as const),
  };
  const { policies } = buildPlan(stack, [], [], {
    checked: ["ports-must-stay-on-loopback"],
    violations: [{ ...found, workload: "api", urn: "urn:pulumi:x" }, found],
    exceptions: [exception],
  });
  assert.deepEqual(policies, {
    checked: ["ports-must-stay-on-loopback"],
    violations: [
      { ...found, workload: "api", urn: "urn:pulumi:x" },
      { ...found, workload: null, urn: null },
    ],
    exceptions: [
      {
        policy: "memory-must-fit-the-host",
        workload: null,
        resource: "try",
        reason: "it swaps",
        expires: "2027-01-31",
        state: "used",
      },
    ],
  });
});
