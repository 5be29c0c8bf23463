import type { Labels } from "../../support/alertmanager";
import { service, type Values } from "../../support/stack-settings";

/** The settings that the cases are about. */
export const INHIBIT_SETTINGS: Values = {
  services: {
    narwhal: service({ needs: ["postgres", "redis"] }),
    orca: service({ needs: ["redis"] }),
    beluga: service(),
  },
  postgres: {},
  redis: {},
};

const alert = (alertname: string, severity: string, labels: Labels = {}): Labels => ({
  alertname,
  severity,
  project: "whalewatch",
  environment: "test",
  ...labels,
});
/** An alert about a service. */
export const of = (name: string, alertname: string, severity = "critical"): Labels =>
  alert(alertname, severity, { service: name, job: name });
/** The alert of a Postgres that is gone. */
export const postgresDown = alert("PostgresDown", "critical", {
  job: "postgres-exporter",
  instance: "p:9187",
});
const redisDown = alert("RedisDown", "critical", { job: "redis-exporter", instance: "r:9121" });

/** Those that fire, then those of them that are not told. */
export const INHIBIT_CASES: readonly (readonly [string, readonly Labels[], readonly Labels[]])[] = [
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
  ["what does not follow from a store", [redisDown, of("narwhal", "ServiceModelNotLoaded")], []],
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
  ["a store, when a service is down", [of("beluga", "ServiceDown"), redisDown], []],
  [
    "the error budget beside the errors that spend it",
    [
      of("orca", "ServiceErrorRatioHigh"),
      of("orca", "ServiceErrorBudgetBurnFast"),
      of("orca", "ServiceErrorBudgetBurnSlow", "warning"),
    ],
    [of("orca", "ServiceErrorBudgetBurnFast"), of("orca", "ServiceErrorBudgetBurnSlow", "warning")],
  ],
  ["the error budget alone", [of("orca", "ServiceErrorBudgetBurnFast")], []],
  [
    "a test beside anything",
    [
      of("beluga", "ServiceDown"),
      redisDown,
      alert("InfoInhibitor", "none"),
      alert("WhalewatchTest", "warning", { whalewatch_test: "phone" }),
    ],
    [],
  ],
];
