import { planDigest } from "../../../model/digest";
import { wholeStack } from "../../../model/shard-view";
import type { Stack } from "../../../model/stack";
import type { RuleGroup } from "../rule-group";

const ALGORITHM = "sha256:";
const SHOWN = 12;

/**
 * Which plan runs, so that dashboards can mark when another one came. Files are left out of the
 * digest, since this rule is in one of them; the settings and workloads that they are made of are not.
 */
export function planRules(stack: Stack): RuleGroup[] {
  const digest = planDigest(wholeStack(stack), new Map()).slice(ALGORITHM.length).slice(0, SHOWN);
  return [
    {
      name: "plan",
      rules: [{ record: "stack:plan:info", expr: "vector(1)", labels: { digest } }],
    },
  ];
}
