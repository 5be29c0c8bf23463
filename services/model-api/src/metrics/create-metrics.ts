import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import { addSystemGauges } from "./add-system-gauges.js";
import { type MetricSources } from "./metric-sources.js";
import { type Metrics } from "./metrics.js";

/** In seconds; 2 is one of them because slow-request alerts draw their line there. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10];

/** Makes all measurements of one service, on a registry of their own. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const refresh = addSystemGauges(registry, sources);
  return {
    registry,
    httpRequests: new Counter({
      name: "http_requests_total",
      help: "Answered HTTP requests; endpoint is the route, or unmatched",
      labelNames: ["method", "endpoint", "status_code"],
      registers,
    }),
    httpDuration: new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from the request's arrival to the end of its answer",
      labelNames: ["method", "endpoint"],
      buckets: DURATION_BUCKETS,
      registers,
    }),
    predictions: new Counter({
      name: "predictions_total",
      help: "Predictions by result: success, rejected (the client's fault) or error",
      labelNames: ["model", "status"],
      registers,
    }),
    predictionDuration: new Histogram({
      name: "prediction_duration_seconds",
      help: "Time of a successful prediction from the whole upload to its result",
      labelNames: ["model"],
      buckets: DURATION_BUCKETS,
      registers,
    }),
    errors: new Counter({
      name: "errors_total",
      help: "Failures inside the service, also those no request saw",
      labelNames: ["error_type", "service"],
      registers,
    }),
    async render() {
      await refresh();
      return registry.metrics();
    },
  };
}
