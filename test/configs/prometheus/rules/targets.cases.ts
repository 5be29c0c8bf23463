import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  platform: "kubernetes",
  services: { api: service() },
  prometheus: { replicas: 2 },
});
const up = (job: string, instance: string, role = "monitor"): string =>
  `up{job="${job}",instance="${instance}",role="${role}"}`;

/** Alerts about what watches, on both sides. */
export const targetCases: readonly AlertCase[] = [
  {
    alert: "TargetDown",
    stack,
    past: { [up("grafana", "grafana:3000")]: "0x40" },
    before: {
      [up("grafana", "grafana:3000")]: "1x40",
      // A service, a probe and one of several replicas have alerts of their own.
      [up("api", "10.0.0.1:8000", "service")]: "0x40",
      'up{job="probe",instance="http://api:8000/health",service="api"}': "0x40",
      [up("prometheus", "10.0.0.2:9090")]: "0x40",
    },
    notYet: "1m",
    at: "3m",
    labels: { job: "grafana", instance: "grafana:3000", role: "monitor" },
    says: "grafana at grafana:3000 does not answer when scraped.",
  },
  ...(
    [
      ["one of two", "0x40", "1"],
      ["one of two, gone from the DNS", "_x40", "1"],
    ] as const
  ).map(([title, second, count]): AlertCase => ({
    alert: "ReplicaMissing",
    title,
    stack,
    past: {
      [up("prometheus", "10.0.0.1:9090")]: "1x40",
      [up("prometheus", "10.0.0.2:9090")]: second,
    },
    before: {
      [up("prometheus", "10.0.0.1:9090")]: "1x40",
      [up("prometheus", "10.0.0.2:9090")]: "1x40",
    },
    notYet: "1m",
    at: "3m",
    labels: { job: "prometheus" },
    says: `prometheus should have 2 running and has ${count}.`,
  })),
];
