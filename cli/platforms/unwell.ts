import type { Workload } from "../../model/workload";
import type { Obstacle } from "../checks/check";
import type { PlatformAccess } from "./platform-access";

/** Docker's word for a container without a health check. */
const UNCHECKED = "running";

/** Each workload that does not run, or is not well. What runs at times alone is not asked about. */
export async function unwellWorkloads(
  workloads: readonly Pick<Workload, "name" | "schedule">[],
  platform: Pick<PlatformAccess, "running" | "wellWord">,
): Promise<Obstacle[]> {
  const running = await platform.running();
  return workloads
    .filter(({ schedule }) => schedule === undefined)
    .flatMap(({ name }) => {
      const states = running.flatMap(({ workload, state }) => (workload === name ? [state] : []));
      const bad = states.filter((state) => state !== platform.wellWord && state !== UNCHECKED);
      if (states.length > 0 && bad.length === 0) return [];
      return [
        {
          problem: `${name} is ${bad[0] ?? "not running"}.`,
          remedy: "Bring the stack up, and see in its log what is wrong if it does not get well.",
        },
      ];
    });
}
