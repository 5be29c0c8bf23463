import { PercentUnit, Short } from "@grafana/grafana-foundation-sdk/units";
import type { Stack } from "../model/stack";
import { watchedServices } from "../model/watched-services";
import { buildDashboard, type NamedDashboard, type PanelSpec } from "./panels";

/** What services promise, where they do: how much of each error budget is left, how fast it goes. */
export function objectiveDashboards(stack: Stack): NamedDashboard[] {
  const promises = watchedServices(stack).flatMap(({ settings }) => settings.objectives ?? []);
  if (promises.length === 0) return [];
  return [
    buildDashboard("slo", "Service levels and error budgets", [
      {
        title: "Availability",
        panels: promises.some(({ availability }) => availability)
          ? budgetPanels("service:error_budget", "errors")
          : [],
      },
      {
        title: "Latency",
        panels: promises.some(({ latency }) => latency)
          ? budgetPanels("service:latency_budget", "slow answers")
          : [],
      },
    ]),
  ];
}

function budgetPanels(record: string, failures: string): PanelSpec[] {
  const line = (series: string, legend: string) => ({
    expr: `max by (service) (${record}:${series})`,
    legend: `{{service}}${legend}`,
  });
  return [
    {
      kind: "timeseries",
      title: `Budget left for ${failures}`,
      description: "Share of the period's budget that is not spent; below 0 the promise is broken.",
      unit: PercentUnit,
      queries: [line("remaining_ratio", "")],
      alarmBelow: 0,
    },
    {
      kind: "timeseries",
      title: `Burn rate of ${failures}`,
      description: "At 1 the budget lasts exactly as long as its period; over an hour and a day.",
      unit: Short,
      queries: [line("burn_rate1h", ", 1 h"), line("burn_rate1d", ", 1 d")],
      alarm: 1,
    },
  ];
}
