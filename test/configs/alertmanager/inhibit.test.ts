import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alertmanagerYaml, inhibited, type Labels } from "../../support/alertmanager";
import { clusterStack } from "../../support/cluster";
import { Tree } from "../../support/rendered";
import { service, stackFrom } from "../../support/stack-settings";

const DECLARED = {
  services: {
    narwhal: service({ needs: ["postgres", "redis"] }),
    orca: service({ needs: ["redis"] }),
    beluga: service(),
  },
  postgres: {},
  redis: {},
};
const config = Tree.read(alertmanagerYaml(stackFrom(DECLARED)));

const alert = (alertname: string, severity: string, labels: Labels = {}): Labels => ({
  alertname,
  severity,
  project: "whalewatch",
  environment: "test",
  ...labels,
});
const of = (name: string, alertname: string, severity = "critical"): Labels =>
  alert(alertname, severity, { service: name, job: name });
const postgresDown = alert("PostgresDown", "critical", {
  job: "postgres-exporter",
  instance: "p:9187",
});
const redisDown = alert("RedisDown", "critical", { job: "redis-exporter", instance: "r:9121" });

/** Those that fire, then those of them that are not told. */
const TABLE: readonly (readonly [string, readonly Labels[], readonly Labels[]])[] = [
  ["nothing", [], []],
  ["one alert", [of("orca", "ServiceDown")], []],
  [
    "a service's warning beside its critical alert",
    [of("orca", "ServiceUnhealthy"), of("orca", "ServiceSlow", "warning")],
    [of("orca", "ServiceSlow", "warning")],
  ],
  [
    "a service's info beside its critical alert",
    [of("orca", "ServiceUnhealthy"), of("orca", "ServiceIdle", "info")],
    [of("orca", "ServiceIdle", "info")],
  ],
  [
    "another service's warning",
    [of("orca", "ServiceUnhealthy"), of("beluga", "ServiceSlow", "warning")],
    [],
  ],
  ["two critical alerts", [of("orca", "ServiceUnhealthy"), of("orca", "ServiceLatencyHigh")], []],
  [
    "the same in another environment",
    [of("orca", "ServiceUnhealthy"), { ...of("orca", "X", "warning"), environment: "prod" }],
    [],
  ],
  [
    "a warning of the same job at the same address",
    [redisDown, { ...redisDown, alertname: "RedisMemoryHigh", severity: "warning" }],
    [{ ...redisDown, alertname: "RedisMemoryHigh", severity: "warning" }],
  ],
  [
    "a warning of the same job at another address",
    [
      alert("DiskFull", "critical", { job: "node-exporter", instance: "a:9100" }),
      alert("CpuBusy", "warning", { job: "node-exporter", instance: "b:9100" }),
    ],
    [],
  ],
  ["alerts that have neither service nor job", [alert("A", "critical"), alert("B", "warning")], []],
  [
    "info that goes with nothing",
    [alert("InfoInhibitor", "none", { service: "orca" }), of("orca", "ServiceIdle", "info")],
    [of("orca", "ServiceIdle", "info")],
  ],
  [
    "info of one service, while another's is held back",
    [alert("InfoInhibitor", "none", { service: "orca" }), of("beluga", "ServiceIdle", "info")],
    [],
  ],
  [
    "what follows from a store that is down, of its clients alone",
    [
      postgresDown,
      of("narwhal", "ServiceErrorRatioHigh"),
      of("narwhal", "ServiceUnhealthy"),
      of("narwhal", "ServiceLatencyHigh", "warning"),
      of("orca", "ServiceErrorRatioHigh"),
    ],
    [
      of("narwhal", "ServiceErrorRatioHigh"),
      of("narwhal", "ServiceUnhealthy"),
      of("narwhal", "ServiceLatencyHigh", "warning"),
    ],
  ],
  [
    "both clients of the other store",
    [redisDown, of("narwhal", "ServiceUnhealthy"), of("orca", "ServiceUnhealthy")],
    [of("narwhal", "ServiceUnhealthy"), of("orca", "ServiceUnhealthy")],
  ],
  ["a service that needs no store", [redisDown, of("beluga", "ServiceUnhealthy")], []],
  [
    "what does not follow from a store",
    [redisDown, of("orca", "ServiceDown"), of("narwhal", "ModelNotLoaded")],
    [],
  ],
  [
    "everything else of a service that is down",
    [
      of("orca", "ServiceDown"),
      of("orca", "ServiceUnhealthy"),
      of("orca", "ReplicaMissing", "warning"),
    ],
    [of("orca", "ServiceUnhealthy"), of("orca", "ReplicaMissing", "warning")],
  ],
  [
    "another service, when one is down",
    [of("orca", "ServiceDown"), of("beluga", "ServiceUnhealthy")],
    [],
  ],
  ["a store, when a service is down", [of("orca", "ServiceDown"), redisDown], []],
  [
    "the error budget beside the errors that spend it",
    [
      of("orca", "ServiceErrorRatioHigh"),
      of("orca", "ServiceErrorBudgetBurnFast"),
      of("orca", "ServiceErrorBudgetBurn", "warning"),
    ],
    [of("orca", "ServiceErrorBudgetBurnFast"), of("orca", "ServiceErrorBudgetBurn", "warning")],
  ],
  ["the error budget alone", [of("orca", "ServiceErrorBudgetBurnFast")], []],
  [
    "a test beside anything",
    [
      of("orca", "ServiceDown"),
      redisDown,
      alert("InfoInhibitor", "none"),
      alert("WhalewatchTest", "warning", { whalewatch_test: "phone" }),
    ],
    [],
  ],
];

describe("what is not told", () => {
  for (const [title, firing, quiet] of TABLE) {
    test(`${title}: ${quiet.length} of ${firing.length}`, () => {
      assert.deepEqual(inhibited(config, firing), quiet);
    });
  }
});

test("in a cluster, where a service that is unwell has no address, a store that is down explains that too", () => {
  const inCluster = Tree.read(alertmanagerYaml(clusterStack(DECLARED)));
  const firing = [
    postgresDown,
    of("narwhal", "ServiceDown"),
    of("orca", "ServiceDown"),
    of("beluga", "ServiceDown"),
  ];
  assert.deepEqual(inhibited(inCluster, firing), [of("narwhal", "ServiceDown")]);
});

test("every rule compares labels that all alerts have, so that two that lack one do not meet by chance", () => {
  for (const rule of config.at("inhibit_rules").list) {
    const equal = rule.at("equal").list.map(({ text }) => text);
    assert.ok(
      equal.includes("environment") && equal.includes("project"),
      JSON.stringify(rule.plain),
    );
  }
});

test("without services there is no rule of services, and without a client none of a store", () => {
  const sources = (values: Parameters<typeof stackFrom>[0]) =>
    Tree.read(alertmanagerYaml(stackFrom(values)))
      .at("inhibit_rules")
      .list.flatMap((rule) => rule.at("source_matchers").list.map(({ text }) => text))
      .filter((matcher) => matcher.startsWith("alertname"));
  assert.deepEqual(sources({ postgres: {}, redis: {} }), ['alertname="InfoInhibitor"']);
  assert.deepEqual(sources({ postgres: {}, services: { orca: service() } }), [
    'alertname="InfoInhibitor"',
    'alertname="ServiceDown"',
    'alertname="ServiceErrorRatioHigh"',
  ]);
});
