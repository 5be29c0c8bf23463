import { PLAN_VERSION, type Plan } from "./plan";

/** The plan of a stack that runs nothing. */
export function emptyPlan({ project, stack }: Pick<Plan, "project" | "stack">): Plan {
  return {
    ...{ version: PLAN_VERSION, project, stack },
    ...{ resources: [], workloads: [], targets: [], outsideProbes: [] },
    ...{ alerts: [], receivers: [], dashboards: [], files: [] },
    budget: { limitsMiB: 0, hostMiB: 0 },
    policies: { checked: [], violations: [], exceptions: [] },
  };
}
