import type { Stack } from "../../../model/stack";
import { watchedServices } from "../../../model/watched-services";
import { memberAlertRules } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Services that hold a model: is it loaded, and is what they say of themselves of now? */
export function modelRules(stack: Stack): RuleGroup[] {
  const services = watchedServices(stack)
    .filter(({ profile }) => profile.model)
    .map(({ name }) => name);
  return [
    {
      name: "models",
      rules: [
        ...memberAlertRules(stack, "ServiceModelNotLoaded", services, ({ selector }) => ({
          expr: `min by (service, model) (whales_api_model_loaded{${selector}}) == 0`,
          description: "{{ $labels.service }} runs without the model {{ $labels.model }}.",
        })),
        ...memberAlertRules(stack, "ServiceMetricsStale", services, (level) => ({
          expr: `time() - min by (service) (whales_api_last_scrape_timestamp{${level.selector}}) > ${level.threshold}`,
          description: `The gauges of {{ $labels.service }} are {{ $value | humanizeDuration }} old (limit ${level.limit}).`,
        })),
        // Both, since an idle process may well use the same share of its CPU for an hour.
        ...memberAlertRules(stack, "ServiceMetricsFrozen", services, ({ selector }) => ({
          expr: `changes(whales_api_memory_used_bytes{${selector}}[1h]) == 0 and changes(whales_api_cpu_percent{${selector}}[1h]) == 0 and whales_api_memory_used_bytes{${selector}} offset 1h`,
          description:
            "Memory and CPU of {{ $labels.service }} at {{ $labels.instance }} have been the very same for an hour.",
        })),
      ],
    },
  ];
}
