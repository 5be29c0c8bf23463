import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { api: service({ replicas: 2 }) } });
const up = (job: string, instance: string): string => `up{job="${job}",instance="${instance}"}`;
const probe = 'probe_success{job="probe",service="api",instance="http://api:8000/health"}';

/** The targets' alerts on both sides. */
export const targetCases: readonly AlertCase[] = [
  {
    alert: "TargetDown",
    stack,
    past: { [up("grafana", "grafana:3000")]: "0x40" },
    before: { [up("grafana", "grafana:3000")]: "1x40" },
    notYet: "1m",
    at: "3m",
    labels: { job: "grafana", instance: "grafana:3000" },
    says: "grafana at grafana:3000 has not answered for 2 minutes.",
  },
  {
    alert: "ReplicaMissing",
    stack,
    past: { [up("api", "10.0.0.1:8000")]: "1x40", [up("api", "10.0.0.2:8000")]: "0x40" },
    before: { [up("api", "10.0.0.1:8000")]: "1x40", [up("api", "10.0.0.2:8000")]: "1x40" },
    notYet: "1m",
    at: "3m",
    labels: { service: "api" },
    says: "api should have 2 running and has 1.",
  },
  {
    alert: "ProbeFailed",
    stack,
    past: { [probe]: "0x40" },
    before: { [probe]: "1x40" },
    notYet: "1m",
    at: "3m",
    labels: { job: "probe", service: "api", instance: "http://api:8000/health" },
    says: "http://api:8000/health has not answered 2xx for 2 minutes.",
  },
];
