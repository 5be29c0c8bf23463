import { emptyPlan } from "../../cli/plan/empty-plan";
import type { Plan, PlannedWorkload } from "../../cli/plan/plan";

/** A small plan to draw and print: one service with a store below it, and the given parts. */
export function samplePlan(given: Partial<Plan> = {}): Plan {
  return {
    ...emptyPlan({ project: "whalewatch", stack: "try" }),
    workloads: [
      plannedWorkload({ name: "api", connects: ["redis"] }),
      plannedWorkload({ name: "redis", role: "store", volumes: [{ name: "data", path: "/data" }] }),
    ],
    budget: { limitsMiB: 128, hostMiB: 512 },
    ...given,
  };
}

/** A workload of a plan: a small service, and the given fields. */
export function plannedWorkload(given: Partial<PlannedWorkload> = {}): PlannedWorkload {
  return {
    name: "api",
    role: "service",
    image: "acme/api:1.0.0",
    replicas: 1,
    schedule: null,
    limits: { memoryMiB: 64, cpuMillis: 250 },
    ports: [],
    connects: [],
    networks: ["services"],
    volumes: [],
    user: "1000:1000",
    readOnly: true,
    ...given,
  };
}
