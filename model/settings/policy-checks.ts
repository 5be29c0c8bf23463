import { type Problem, show } from "./problem";
import type { Settings } from "./schema";

/** An exception is for one workload or for one resource, never for a whole policy. */
export function checkPolicies({ policies }: Settings): Problem[] {
  return policies.exceptions.flatMap(({ workload, resource, rule }, index) => {
    const given = [workload, resource].filter((each) => each !== undefined);
    if (given.length === 1) return [];
    return [
      {
        setting: `whalewatch:policies.exceptions.${index}`,
        found:
          given.length === 0
            ? "neither workload nor resource"
            : `workload ${show(workload)} and resource ${show(resource)}`,
        allowed: `one of the two; policies.levels.${rule}: disabled takes the whole policy away`,
      },
    ];
  });
}
