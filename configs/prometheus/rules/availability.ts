import type { Stack } from "../../../model/stack";
import { PROBE_JOB } from "../../../model/targets";
import type { AlertRule, RuleGroup } from "../rule-group";

/** Longer than a replaced container needs to be healthy again. */
const DOWN_FOR = "2m";

/** Is everything that is declared there, seen from inside (scrapes) and outside (probes)? */
export function availabilityRules({ targets, probes }: Stack): RuleGroup {
  return {
    name: "availability",
    rules: [
      {
        alert: "TargetDown",
        expr: "up == 0",
        for: DOWN_FOR,
        labels: { severity: "critical" },
        annotations: {
          summary: "A target cannot be scraped.",
          description:
            "{{ $labels.job }} at {{ $labels.instance }} has not answered for 2 minutes.",
        },
      },
      // What is looked up in the DNS leaves it when it stops, and with it the target and its `up`.
      ...targets
        .filter(({ role, replicas }) => role === "service" || replicas > 1)
        .map(({ job, workload, role, replicas }): AlertRule => ({
          alert: "ReplicaMissing",
          expr: `(count(up{job="${job}"} == 1) or vector(0)) < ${replicas}`,
          for: DOWN_FOR,
          labels: { severity: "critical", service: workload },
          annotations: {
            summary: `A ${role} runs fewer replicas than declared.`,
            description: `${job} should have ${replicas} running and has {{ $value }}.`,
          },
        })),
      ...(probes.length > 0
        ? [
            {
              alert: "ProbeFailed",
              expr: `probe_success{job="${PROBE_JOB}"} == 0`,
              for: DOWN_FOR,
              labels: { severity: "critical" },
              annotations: {
                summary: "A service says it is not well.",
                description: "{{ $labels.instance }} has not answered 2xx for 2 minutes.",
              },
            } as const,
          ]
        : []),
    ],
  };
}
