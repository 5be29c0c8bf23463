import { OpsPerSecond, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import type { Stack } from "../model/stack";
import { watchedServices } from "../model/watched-services";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, WINDOW } from "./panels";

/** Services that hold a model, where there are any: is it loaded, how fresh is what they say? */
export function modelDashboards(stack: Stack): NamedDashboard[] {
  if (!watchedServices(stack).some(({ profile }) => profile.model)) return [];
  return [
    buildDashboard("models", "Models", [
      {
        title: "Health",
        panels: [
          {
            kind: "stat",
            title: "Loaded",
            description: "Is 1 while every replica has its model.",
            unit: Short,
            queries: [
              {
                expr: "min by (service, model) (whales_api_model_loaded)",
                legend: "{{service}} {{model}}",
              },
            ],
            alarmBelow: 1,
          },
        ],
      },
      {
        title: "What they say",
        panels: [
          {
            kind: "timeseries",
            title: "Age of the gauges",
            description: "Time since each service last measured itself.",
            unit: Seconds,
            queries: [
              {
                expr: "time() - min by (service) (whales_api_last_scrape_timestamp)",
                legend: "{{service}}",
              },
            ],
            ...alarmOf(stack.settings, "ServiceMetricsStale"),
          },
          {
            kind: "timeseries",
            title: "Predictions",
            description: "Predictions a second, by model and result; none before the first.",
            unit: OpsPerSecond,
            queries: [
              {
                expr: `sum by (model, status) (rate(predictions_total[${WINDOW}]))`,
                legend: "{{model}} {{status}}",
              },
            ],
          },
        ],
      },
    ]),
  ];
}
