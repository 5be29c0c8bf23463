import type { Stack } from "../../../model/stack";
import { PROBE_JOB } from "../../../model/targets";
import { alertRule } from "../alert-rule";
import type { RuleGroup } from "../rule-group";

/** Is everything that is declared there, seen from inside (scrapes) and outside (probes)? */
export function availabilityRules(stack: Stack): RuleGroup[] {
  const { targets, probes } = stack;
  return [
    {
      name: "availability",
      rules: [
        ...alertRule(stack, "TargetDown", () => ({
          expr: "up == 0",
          description:
            "{{ $labels.job }} at {{ $labels.instance }} has not answered for 2 minutes.",
        })),
        // What is looked up in the DNS leaves it when it stops, and with it the target and its `up`.
        ...targets
          .filter(({ role, replicas }) => role === "service" || replicas > 1)
          .flatMap(({ job, workload, replicas }) =>
            alertRule(stack, "ReplicaMissing", () => ({
              expr: `(count(up{job="${job}"} == 1) or vector(0)) < ${replicas}`,
              description: `${job} should have ${replicas} running and has {{ $value }}.`,
              labels: { service: workload },
            })),
          ),
        ...(probes.length > 0
          ? alertRule(stack, "ProbeFailed", () => ({
              expr: `probe_success{job="${PROBE_JOB}"} == 0`,
              description: "{{ $labels.instance }} has not answered 2xx for 2 minutes.",
            }))
          : []),
      ],
    },
  ];
}
