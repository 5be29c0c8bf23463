import type { Plan } from "./plan";

type Policies = Plan["policies"];
type Violation = Policies["violations"][number];

/** What policies say, as a person reads it: what is wrong by policy, and what is excepted. */
export function policyLines({ checked, violations, exceptions }: Policies): string {
  const broken = new Set(violations.map(({ policy }) => policy));
  const count = checked.length === 1 ? "1 policy" : `${checked.length} policies`;
  const found = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  const outcome = violations.length === 0 ? "no violation" : `${found} of ${broken.size}`;
  return [
    `  ${count}: ${outcome}`,
    ...[...broken].flatMap((policy) =>
      violationLines(violations.filter((each) => each.policy === policy)),
    ),
    ...exceptions.map(exceptionLine),
  ].join("\n");
}

function violationLines(violations: readonly Violation[]): string[] {
  const [first] = violations;
  if (first === undefined) return [];
  return [
    `  ${first.policy}`,
    ...violations.map(({ level, message }) => `    ${level.padEnd(9)}  ${message}`),
    `    what to do: ${first.remedy}`,
  ];
}

function exceptionLine({
  policy,
  workload,
  resource,
  reason,
  expires,
  state,
}: Policies["exceptions"][number]): string {
  const about = workload ?? resource ?? "";
  const until = state === "expired" ? `expired after ${expires}` : `until ${expires}`;
  const use = state === "unused" ? "; nothing needs it" : "";
  return `  exception ${until}: ${policy} of ${about} (${reason})${use}`;
}
