import type { ObjectivesSettings } from "../../../model/settings/objectives";
import type { Stack } from "../../../model/stack";
import { Duration } from "../../../model/units/duration";
import type { Percent } from "../../../model/units/percent";
import { groupAlike, type WatchedService, watchedServices } from "../../../model/watched-services";
import { memberAlertRules, serviceSelector } from "../alert-rule";
import { httpSeries } from "../http-series";
import type { AlertRule, RecordingRule, RuleGroup } from "../rule-group";

const WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
/** A long window, a short one, and the share of the budget that may be spent in the long one. */
const FAST = [
  { long: "1h", short: "5m", percentOfBudget: 2 },
  { long: "6h", short: "30m", percentOfBudget: 5 },
] as const;
const SLOW = [
  { long: "1d", short: "2h", percentOfBudget: 10 },
  { long: "3d", short: "6h", percentOfBudget: 10 },
] as const;
/** Requests in the long window without which a ratio says little. */
const LEAST_REQUESTS = 100;

/** One thing that is promised: what fails it, of what, and the names that it is recorded under. */
interface Budget {
  readonly record: "service:error_budget" | "service:latency_budget";
  readonly failed: string;
  readonly all: string;
  readonly alerts:
    | readonly ["ServiceErrorBudgetBurnFast", "ServiceErrorBudgetBurnSlow"]
    | readonly ["ServiceLatencyBudgetBurnFast", "ServiceLatencyBudgetBurnSlow"];
  readonly failures: string;
  /** What has to go well, of the services that promise it. */
  readonly shareOf: (objectives: ObjectivesSettings) => Percent | undefined;
}

const BUDGETS: readonly Budget[] = [
  {
    record: "service:error_budget",
    failed: "service:http_errors:rate5m",
    all: "service:http_requests:rate5m",
    alerts: ["ServiceErrorBudgetBurnFast", "ServiceErrorBudgetBurnSlow"],
    failures: "errors",
    shareOf: ({ availability }) => availability,
  },
  {
    record: "service:latency_budget",
    failed: "service:http_slow:rate5m",
    all: "service:http_timed:rate5m",
    alerts: ["ServiceLatencyBudgetBurnFast", "ServiceLatencyBudgetBurnSlow"],
    failures: "slow answers",
    shareOf: ({ latency }) => latency?.share,
  },
];

/** A service that promises something. */
type Promising = WatchedService & { readonly objectives: ObjectivesSettings };

/** How fast error budgets are spent, and what is left; nothing where nothing is promised. */
export function objectiveRules(stack: Stack): RuleGroup[] {
  const services = watchedServices(stack).flatMap((service): Promising[] => {
    const { objectives } = service.settings;
    return objectives && service.profile.http ? [{ ...service, objectives }] : [];
  });
  const slow = slowRecords(services);
  return [
    ...(slow.length > 0 ? [{ name: "latency", rules: slow }] : []),
    {
      name: "objectives",
      // Long windows change slowly, and cost more to look at.
      interval: "1m",
      rules: BUDGETS.flatMap((budget) => {
        const promising = services.filter(({ objectives }) => budget.shareOf(objectives));
        return [...burnRecords(budget, promising), ...burnAlerts(stack, budget, promising)];
      }),
    },
  ];
}

/** Requests that took longer than promised, and all that were timed. */
function slowRecords(services: readonly Promising[]): RecordingRule[] {
  const timed = services.filter(({ objectives }) => objectives.latency);
  return groupAlike(timed, ({ objectives }) => objectives.latency?.within.seconds).flatMap(
    (group) =>
      httpSeries(group).flatMap(({ http, selector, durations }): RecordingRule[] => {
        const bound = String(group[0]?.objectives.latency?.within.seconds);
        // Prometheus 3 writes whole bounds as "2.0", those before it as they are exposed.
        const le = bound.includes(".") ? `le="${bound}"` : `le=~"${bound}(\\\\.0)?"`;
        const idle = `sum by (service) (up{role="service", ${selector}} == 1) * 0`;
        const all = `sum by (service) (rate(${http.duration}_count{${durations}}[5m]))`;
        return [
          { record: "service:http_timed:rate5m", expr: `${all} or ${idle}` },
          {
            record: "service:http_slow:rate5m",
            expr: `clamp_min(${all} - sum by (service) (rate(${http.duration}_bucket{${durations}, ${le}}[5m])), 0) or ${idle}`,
          },
        ];
      }),
  );
}

/** 1 spends the budget exactly within its period; without requests nothing is spent. */
function burnRecords(budget: Budget, services: readonly Promising[]): RecordingRule[] {
  const { record, failed, all, shareOf } = budget;
  const rate = (selector: string, rest: number, window: string): string => {
    const mean = (series: string): string => `avg_over_time(${series}{${selector}}[${window}])`;
    return `(sum by (service) (${mean(failed)}) / sum by (service) (${mean(all)} > 0) or sum by (service) (${all}{${selector}}) * 0) / ${rest}`;
  };
  return groupAlike(services, ({ objectives }) => [
    shareOf(objectives)?.percent,
    objectives.period.seconds,
  ]).flatMap((group): RecordingRule[] => {
    const objectives = group[0]?.objectives;
    const rest = objectives && shareOf(objectives)?.rest.ratio;
    if (objectives === undefined || rest === undefined) return [];
    const selector = serviceSelector(group.map(({ name }) => name));
    return [
      ...WINDOWS.map((window) => ({
        record: `${record}:burn_rate${window}`,
        expr: rate(selector, rest, window),
      })),
      {
        record: `${record}:remaining_ratio`,
        expr: `1 - ${rate(selector, rest, objectives.period.toString())}`,
      },
    ];
  });
}

function burnAlerts(stack: Stack, budget: Budget, services: readonly Promising[]): AlertRule[] {
  const interval = stack.settings.prometheus.scrapeInterval.seconds;
  return groupAlike(services, ({ objectives }) => objectives.period.seconds).flatMap((group) => {
    const period = group[0]?.objectives.period;
    if (period === undefined) return [];
    const names = group.map(({ name }) => name);
    return ([FAST, SLOW] as const).flatMap((pairs, index) => {
      const alert = budget.alerts[index === 0 ? 0 : 1];
      return memberAlertRules(stack, alert, names, ({ selector }) => ({
        expr: pairs
          .map(({ long, short, percentOfBudget }) => {
            const factor = burnFactor(percentOfBudget, period, long);
            const burns = (window: string): string =>
              `${budget.record}:burn_rate${window}{${selector}} > ${factor}`;
            // A recorded rate stands for one interval, so that their sum is the number of requests.
            return `(${burns(long)} and ${burns(short)} and sum_over_time(${budget.all}{${selector}}[${long}]) * ${interval} > ${LEAST_REQUESTS})`;
          })
          .join(" or "),
        description: `{{ $labels.service }} spends its budget for ${budget.failures} {{ $value | humanize }} times as fast as the ${period.toString()} allow.`,
      }));
    });
  });
}

/** How many times too fast it is to spend that share within the window; never below 1. */
function burnFactor(percentOfBudget: number, period: Duration, window: string): number {
  const factor = (percentOfBudget * period.seconds) / Duration.parse(window).seconds / 100;
  return Math.max(1, Number(factor.toFixed(4)));
}
