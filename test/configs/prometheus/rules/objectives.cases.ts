import type { AlertCase } from "../../../support/alert-cases";
import { service, stackFrom } from "../../../support/stack-settings";

const stack = stackFrom({
  services: {
    api: service({ objectives: { availability: "99%", latency: { within: "2s", share: "90%" } } }),
    free: service(),
  },
});
const LONG = 780;
/** Requests at each scrape; a share of 99 % leaves 1 %, so 15 of 100 burn 15 times too fast. */
const requests = (good: number, bad: number) => ({
  'up{service="api",role="service"}': `1x${LONG}`,
  'http_requests_total{service="api",endpoint="/a",status_code="200"}': `0+${good}x${LONG}`,
  'http_requests_total{service="api",endpoint="/a",status_code="500"}': `0+${bad}x${LONG}`,
});
/** A hundred requests at each scrape, so many of them slower than 2 s. */
const slow = (count: number) => ({
  'up{service="api",role="service"}': `1x${LONG}`,
  'http_request_duration_seconds_count{service="api",endpoint="/a"}': `0+100x${LONG}`,
  'http_request_duration_seconds_bucket{service="api",endpoint="/a",le="2.0"}': `0+${100 - count}x${LONG}`,
});
const labels = { service: "api" };

/** How fast budgets are spent, on both sides. */
export const objectiveCases: readonly AlertCase[] = [
  {
    alert: "ServiceErrorBudgetBurnFast",
    stack,
    past: requests(85, 15),
    before: requests(95, 5),
    notYet: "1m",
    at: "60m",
    labels,
    says: "api spends its budget for errors 15 times as fast as the 30d allow.",
  },
  {
    alert: "ServiceErrorBudgetBurnFast",
    title: "over six hours",
    stack,
    past: requests(93, 7),
    before: requests(94, 6),
    notYet: "1m",
    at: "60m",
    labels,
    says: "api spends its budget for errors 7 times as fast as the 30d allow.",
  },
  {
    alert: "ServiceErrorBudgetBurnFast",
    title: "of enough requests, and only while it goes on",
    stack,
    past: requests(85, 15),
    before: {
      'up{service="api",role="service"}': `1x${LONG}`,
      // Fifty failures in an hour, which are all there was.
      'http_requests_total{service="api",endpoint="/a",status_code="500"}': "0x4 0+1x50 50x700",
    },
    notYet: "1m",
    at: "18m",
    labels,
    says: "api spends its budget for errors 15 times as fast as the 30d allow.",
  },
  {
    alert: "ServiceErrorBudgetBurnSlow",
    stack,
    past: requests(96, 4),
    before: requests(99, 1),
    notYet: "14m",
    at: "180m",
    labels,
    says: "api spends its budget for errors 4 times as fast as the 30d allow.",
  },
  {
    alert: "ServiceLatencyBudgetBurnFast",
    stack,
    past: slow(70),
    before: slow(60),
    notYet: "1m",
    at: "60m",
    labels,
    says: "api spends its budget for slow answers 7 times as fast as the 30d allow.",
  },
  {
    alert: "ServiceLatencyBudgetBurnSlow",
    stack,
    past: slow(40),
    before: slow(10),
    notYet: "14m",
    at: "180m",
    labels,
    says: "api spends its budget for slow answers 4 times as fast as the 30d allow.",
  },
];
