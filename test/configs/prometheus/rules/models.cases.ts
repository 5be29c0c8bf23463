import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({ services: { whales: service({ metricsProfile: "whale-model" }) } });
const gauge = (metric: string, more = ""): string =>
  `${metric}{service="whales",role="service",instance="10.0.0.1:8000"${more}}`;
const model = ',model="resnet_v1"';

/** Services with a model, on both sides. */
export const modelCases: readonly AlertCase[] = [
  {
    alert: "ServiceModelNotLoaded",
    stack,
    past: { [gauge("whales_api_model_loaded", model)]: "0x40" },
    before: { [gauge("whales_api_model_loaded", model)]: "1x40" },
    notYet: "1m",
    at: "4m",
    labels: { service: "whales", model: "resnet_v1" },
    says: "whales runs without the model resnet_v1.",
  },
  {
    alert: "ServiceMetricsStale",
    stack,
    // Seconds since the epoch, which is when promtool begins.
    past: { [gauge("whales_api_last_scrape_timestamp")]: "0x80" },
    before: { [gauge("whales_api_last_scrape_timestamp")]: "0+15x80" },
    notYet: "9m",
    at: "15m",
    labels: { service: "whales" },
    says: "The gauges of whales are 15m 0s old (limit 5m).",
  },
  {
    alert: "ServiceMetricsFrozen",
    stack,
    past: {
      [gauge("whales_api_memory_used_bytes")]: "8589934592x360",
      [gauge("whales_api_cpu_percent")]: "15.2x360",
    },
    before: {
      [gauge("whales_api_memory_used_bytes")]: "8589934592+4096x360",
      [gauge("whales_api_cpu_percent")]: "0x360",
    },
    notYet: "70m",
    at: "80m",
    labels: { service: "whales", role: "service", instance: "10.0.0.1:8000" },
    says: "Memory and CPU of whales at 10.0.0.1:8000 have been the very same for an hour.",
  },
];
