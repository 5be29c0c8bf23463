/** How a service counts and times the HTTP requests that it answers. */
export interface HttpMetrics {
  /** The counter's label that holds the route's template. */
  readonly routeLabel: "endpoint" | "handler";
  /** The counter's label that holds the status: `503`, or its class `5xx`. */
  readonly statusLabel: "status_code" | "status";
  /** The histogram of durations, in seconds. */
  readonly duration: string;
  /** Whether that histogram knows the route, so that what machines ask can be left out. */
  readonly durationByRoute: boolean;
  /** The histogram's upper bounds in seconds: the times that can be promised. */
  readonly buckets: readonly number[];
}

/** Which series a service exposes; rules and panels are made for these and no others. */
export interface MetricsProfile {
  readonly http?: HttpMetrics;
  /** `process_*`, as client libraries give them. */
  readonly process: boolean;
  /** `active_connections`, and of stores that the service needs `database_` and `redis_connections`. */
  readonly connections: boolean;
  /** `whales_api_*` and `predictions_total`: a model, whether it is loaded, and how fresh this is. */
  readonly model: boolean;
}

/** The counter of requests, which all HTTP profiles call the same. */
export const HTTP_REQUESTS = "http_requests_total";

const convention: HttpMetrics = {
  routeLabel: "endpoint",
  statusLabel: "status_code",
  duration: "http_request_duration_seconds",
  durationByRoute: true,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10],
};

/** What a service's `metricsProfile` may say. */
export const METRICS_PROFILE_NAMES = [
  "whalewatch",
  "whale-model",
  "fastapi-instrumentator",
  "process",
  "other",
] as const;

/** The name of a profile. */
export type MetricsProfileName = (typeof METRICS_PROFILE_NAMES)[number];

/** Every profile, by the name that a service's `metricsProfile` gives. */
export const METRICS_PROFILES: Readonly<Record<MetricsProfileName, MetricsProfile>> = {
  whalewatch: { http: convention, process: true, connections: true, model: false },
  "whale-model": { http: convention, process: true, connections: true, model: true },
  "fastapi-instrumentator": {
    // Its other histogram knows the route but only 0.1, 0.5 and 1 s.
    http: {
      routeLabel: "handler",
      statusLabel: "status",
      duration: "http_request_duration_highr_seconds",
      durationByRoute: false,
      buckets: [
        0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 7.5, 10,
        30, 60,
      ],
    },
    process: true,
    connections: false,
    model: false,
  },
  process: { process: true, connections: false, model: false },
  other: { process: false, connections: false, model: false },
};

/** What a service exposes where it does not say: an api counts requests, of others nothing is known. */
export function profileOf({
  kind,
  metricsProfile,
}: {
  readonly kind: "api" | "web" | "worker";
  readonly metricsProfile?: MetricsProfileName | undefined;
}): MetricsProfile {
  return METRICS_PROFILES[metricsProfile ?? (kind === "api" ? "whalewatch" : "other")];
}
