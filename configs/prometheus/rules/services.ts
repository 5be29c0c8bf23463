import type { Stack } from "../../../model/stack";
import { watchedServices } from "../../../model/watched-services";
import { memberAlertRules } from "../alert-rule";
import { type HttpSeries, httpSeries } from "../http-series";
import type { AlertRule, RecordingRule, RuleGroup } from "../rule-group";

/**
 * Requests a second below which a ratio says little: 15 in the 5 minutes that are looked at. One
 * failed request of three at night wakes nobody.
 */
const LEAST_RATE = 0.05;

/** How services answer: rate, errors, duration; nothing for those that count no requests. */
export function serviceRules(stack: Stack): RuleGroup[] {
  const series = httpSeries(watchedServices(stack));
  if (series.length === 0) return [];
  const services = series.flatMap((each) => each.services);
  return [
    {
      name: "services",
      rules: [...series.flatMap(records), ERROR_RATIO, ...alerts(stack, services)],
    },
  ];
}

/** A service that runs and was never asked has a rate of 0, not none. */
function records({ http, selector, requests, errors, durations }: HttpSeries): RecordingRule[] {
  return [
    {
      record: "service:http_requests:rate5m",
      expr: `sum by (service) (rate(${requests}[5m])) or sum by (service) (up{role="service", ${selector}} == 1) * 0`,
    },
    {
      record: "service:http_errors:rate5m",
      expr: `sum by (service) (rate(${errors}[5m])) or sum by (service) (service:http_requests:rate5m{${selector}}) * 0`,
    },
    {
      record: "service:http_latency:p95_5m",
      // Without requests there is no latency, and NaN would be in the way of every sum.
      expr: `histogram_quantile(0.95, sum by (service, le) (rate(${http.duration}_bucket{${durations}}[5m]))) >= 0`,
    },
  ];
}

const ERROR_RATIO: RecordingRule = {
  record: "service:http_errors:ratio_rate5m",
  expr: "sum by (service) (service:http_errors:rate5m) / sum by (service) (service:http_requests:rate5m > 0) or sum by (service) (service:http_requests:rate5m) * 0",
};

function alerts(stack: Stack, services: readonly string[]): AlertRule[] {
  return [
    ...memberAlertRules(stack, "ServiceErrorRatioHigh", services, (level) => ({
      expr: `service:http_errors:ratio_rate5m{${level.selector}} > ${level.threshold} and on (service) service:http_requests:rate5m > ${LEAST_RATE}`,
      description: `{{ $labels.service }} answers {{ $value | humanizePercentage }} of requests with 5xx (limit ${level.limit}).`,
    })),
    ...memberAlertRules(stack, "ServiceLatencyHigh", services, (level) => ({
      expr: `service:http_latency:p95_5m{${level.selector}} > ${level.threshold} and on (service) service:http_requests:rate5m > ${LEAST_RATE}`,
      description: `One in twenty requests to {{ $labels.service }} takes longer than {{ $value | humanizeDuration }} (limit ${level.limit}).`,
    })),
    // Both spans together: it must have been there for three hours, or a new stack would be told of
    // the end of its first try.
    ...memberAlertRules(stack, "ServiceTrafficGone", services, (level) => ({
      expr: `service:http_requests:rate5m{${level.selector}} == 0 and on (service) avg_over_time(service:http_requests:rate5m[3h] offset 20m) > ${level.threshold} and on (service) service:http_requests:rate5m offset 3h`,
      description: `{{ $labels.service }} was asked more than ${level.limit} times a second over the last hours, and now not at all.`,
    })),
  ];
}
