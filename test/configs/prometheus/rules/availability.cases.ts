import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  services: {
    api: service({ replicas: 2 }),
    other: service({ replicas: 2 }),
    model: service({ metricsProfile: "whale-model" }),
    site: service({ kind: "web", metrics: false }),
  },
});
const up = (name: string, replica = 1): string =>
  `up{job="${name}",service="${name}",role="service",instance="10.0.0.${replica}:8000"}`;
const probe = (name: string): string =>
  `probe_success{job="probe",service="${name}",instance="http://${name}:8000/health"}`;
const probeUp = (name: string): string =>
  `up{job="probe",service="${name}",instance="http://${name}:8000/health"}`;
const start = (name: string, replica = 1): string =>
  `process_start_time_seconds{service="${name}",role="service",instance="10.0.0.${replica}:8000"}`;
const probeLabels = (name: string) => ({
  job: "probe",
  service: name,
  instance: `http://${name}:8000/health`,
});
/** All that runs, so that only what a case changes is amiss. */
const well = (samples = "1x60"): Record<string, string> => ({
  [up("api", 1)]: samples,
  [up("api", 2)]: samples,
  [up("other", 1)]: samples,
  [up("other", 2)]: samples,
  [up("model")]: samples,
});

/** Whether the services are there, on both sides. */
export const availabilityCases: readonly AlertCase[] = [
  ...(
    [
      ["answering no scrape", "0x60"],
      ["gone from the DNS", "_x60"],
    ] as const
  ).map(([title, samples]): AlertCase => ({
    alert: "ServiceDown",
    title,
    stack,
    past: {
      ...well(),
      [up("api", 1)]: samples,
      [up("api", 2)]: samples,
      [probe("api")]: "0x60",
      [probeUp("api")]: "1x60",
    },
    before: { ...well(), [up("api", 1)]: samples, [probe("api")]: "0x60" },
    notYet: "1m",
    at: "3m",
    labels: { service: "api" },
    says: "No replica of api answers when its metrics are read.",
  })),
  {
    alert: "ServiceDown",
    title: "without metrics",
    stack,
    past: { ...well(), [probe("site")]: "0x60" },
    before: { ...well(), [probe("site")]: "1x60" },
    notYet: "1m",
    at: "3m",
    labels: probeLabels("site"),
    says: "http://site:8000/health does not answer 2xx.",
  },
  {
    alert: "ServiceUnhealthy",
    stack,
    past: { ...well(), [probe("api")]: "0x60" },
    // Down is not unhealthy, nor is a service whose health is the only thing known of it.
    before: {
      ...well(),
      [up("api", 1)]: "0x60",
      [up("api", 2)]: "0x60",
      [probeUp("api")]: "1x60",
      [probe("api")]: "0x60",
      [probe("site")]: "0x60",
      [probe("other")]: "1x60",
    },
    notYet: "1m",
    at: "3m",
    labels: probeLabels("api"),
    says: "http://api:8000/health does not answer 2xx, though the service runs.",
  },
  {
    alert: "ServiceUnhealthy",
    title: "with a model, which is told of by an alert of its own when it is missing",
    stack,
    past: {
      ...well(),
      [probe("model")]: "0x60",
      'whales_api_model_loaded{service="model",role="service",model="m"}': "1x60",
    },
    before: {
      ...well(),
      [probe("model")]: "0x60",
      'whales_api_model_loaded{service="model",role="service",model="m"}': "0x60",
    },
    notYet: "1m",
    at: "3m",
    labels: probeLabels("model"),
    says: "http://model:8000/health does not answer 2xx, though the service runs.",
  },
  {
    alert: "ServiceReplicaMissing",
    stack,
    past: { ...well(), [up("api", 2)]: "0x60" },
    before: { ...well(), [up("api", 1)]: "0x60", [up("api", 2)]: "0x60" },
    notYet: "4m",
    at: "6m",
    labels: { service: "api" },
    says: "api should have 2 replicas and has 1.",
  },
  {
    alert: "ServiceRestarting",
    title: "under the same address",
    stack,
    past: { [start("model")]: "10x20 20x8 30x8 40x8 50x40" },
    before: { [start("model")]: "10x20 20x8 30x8 40x48" },
    at: "14m",
    labels: { service: "model" },
    says: "model has started 4 times in the last 15 minutes.",
  },
  {
    alert: "ServiceRestarting",
    title: "under another address each time; a deploy of two replicas is none too many",
    stack,
    past: {
      [start("api", 1)]: "10x20 stale",
      [start("api", 2)]: "_x21 20x8 stale",
      [start("api", 3)]: "_x30 30x8 stale",
      [start("api", 4)]: "_x39 40x4 stale",
      [start("api", 5)]: "_x44 45x4 stale",
      [start("api", 6)]: "_x49 50x40",
    },
    before: {
      [start("api", 1)]: "10x20 stale",
      [start("api", 2)]: "_x21 20x8 stale",
      [start("api", 3)]: "_x30 30x8 stale",
      [start("api", 4)]: "_x39 40x8 stale",
      [start("api", 5)]: "_x48 50x40",
    },
    at: "14m",
    labels: { service: "api" },
    says: "api has started 5 times in the last 15 minutes.",
  },
  {
    alert: "ServiceProbeSlow",
    stack,
    past: {
      [probe("api")]: "1x60",
      [probe("api").replace("success", "duration_seconds")]: "1.5x60",
    },
    // A probe that fails after its 5 s is not slow.
    before: {
      [probe("api")]: "1x60",
      [probe("api").replace("success", "duration_seconds")]: "1x60",
      [probe("other")]: "0x60",
      [probe("other").replace("success", "duration_seconds")]: "5x60",
    },
    notYet: "4m",
    at: "6m",
    labels: probeLabels("api"),
    says: "http://api:8000/health takes 1.5s to answer (limit 1s).",
  },
];
