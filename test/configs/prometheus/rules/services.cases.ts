import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  services: {
    api: service(),
    fast: service({ metricsProfile: "fastapi-instrumentator" }),
    patient: service(),
    page: service({ kind: "web" }),
  },
  alerts: {
    rules: {
      ServiceErrorRatioHigh: { services: { patient: { threshold: "50%" } } },
      ServiceLatencyHigh: { services: { patient: { off: "reports take as long as they take" } } },
    },
  },
});
const LONG = 120;

/** Requests of a service with our labels, so many good and bad ones at each scrape. */
const requests = (name: string, good: number, bad: number, length = LONG) => ({
  [`up{service="${name}",role="service"}`]: `1x${length}`,
  [`http_requests_total{service="${name}",method="GET",endpoint="/a",status_code="200"}`]: `0+${good}x${length}`,
  [`http_requests_total{service="${name}",method="GET",endpoint="/a",status_code="503"}`]: `0+${bad}x${length}`,
});
/** The same with the labels of prometheus-fastapi-instrumentator. */
const instrumented = (good: number, bad: number) => ({
  'http_requests_total{service="fast",method="GET",handler="/a",status="2xx"}': `0+${good}x${LONG}`,
  'http_requests_total{service="fast",method="GET",handler="/a",status="5xx"}': `0+${bad}x${LONG}`,
});
/** A hundred requests at each scrape, so many of them faster than a bound. */
const durations = (name: string, metric: string, bound: string, within: number) => ({
  ...requests(name, 100, 0),
  [`${metric}_bucket{service="${name}",le="1"}`]: `0+90x${LONG}`,
  [`${metric}_bucket{service="${name}",le="${bound}"}`]: `0+${within}x${LONG}`,
  [`${metric}_bucket{service="${name}",le="4"}`]: `0+100x${LONG}`,
  [`${metric}_bucket{service="${name}",le="+Inf"}`]: `0+100x${LONG}`,
});
/** Three hours and more at a rate, then nothing for the last half hour. */
const gone = (name: string, each: number) => ({
  [`up{service="${name}",role="service"}`]: "1x900",
  [`http_requests_total{service="${name}",endpoint="/a",status_code="200"}`]: `0+${each}x780 ${each * 780}x120`,
});

/** How services answer, on both sides. */
export const serviceCases: readonly AlertCase[] = [
  {
    alert: "ServiceErrorRatioHigh",
    stack,
    past: requests("api", 94, 6),
    before: { ...requests("api", 95, 5), ...requests("patient", 51, 49) },
    notYet: "4m",
    at: "15m",
    labels: { service: "api" },
    says: "api answers 6% of requests with 5xx (limit 5%).",
  },
  {
    alert: "ServiceErrorRatioHigh",
    title: "with the status as a class",
    stack,
    past: instrumented(94, 6),
    before: instrumented(95, 5),
    notYet: "4m",
    at: "15m",
    labels: { service: "fast" },
    says: "fast answers 6% of requests with 5xx (limit 5%).",
  },
  {
    alert: "ServiceErrorRatioHigh",
    title: "of enough requests, and not of those that machines make",
    stack,
    past: requests("api", 0, 1),
    before: {
      // One request in 30 s, each of them failed.
      'http_requests_total{service="api",endpoint="/a",status_code="500"}':
        "0x2 1x2 2x2 3x2 4x2 5x90",
      'http_requests_total{service="api",endpoint="/health",status_code="503"}': `0+10x${LONG}`,
    },
    notYet: "4m",
    at: "15m",
    labels: { service: "api" },
    says: "api answers 100% of requests with 5xx (limit 5%).",
  },
  {
    alert: "ServiceLatencyHigh",
    stack,
    past: durations("api", "http_request_duration_seconds", "2", 94),
    before: {
      ...durations("api", "http_request_duration_seconds", "2", 95),
      ...durations("patient", "http_request_duration_seconds", "2", 90),
    },
    notYet: "4m",
    at: "15m",
    labels: { service: "api" },
    says: "One in twenty requests to api takes longer than 2.333s (limit 2s).",
  },
  {
    alert: "ServiceLatencyHigh",
    title: "by the finer of two histograms",
    stack,
    past: {
      ...durations("fast", "http_request_duration_highr_seconds", "2.0", 94),
      ...instrumented(100, 0),
    },
    before: {
      ...durations("fast", "http_request_duration_highr_seconds", "2.0", 95),
      ...instrumented(100, 0),
    },
    notYet: "4m",
    at: "15m",
    labels: { service: "fast" },
    says: "One in twenty requests to fast takes longer than 2.333s (limit 2s).",
  },
  {
    alert: "ServiceTrafficGone",
    stack,
    past: gone("api", 3),
    // A trickle that ends, and a new stack after its first try.
    before: {
      ...gone("api", 1),
      'up{service="patient",role="service"}': "_x760 1x140",
      'http_requests_total{service="patient",endpoint="/a",status_code="200"}':
        "_x760 0+300x20 6000x120",
    },
    notYet: "205m",
    at: "220m",
    labels: { service: "api" },
    says: "api was asked more than 0.1 times a second over the last hours, and now not at all.",
  },
];
