import type { PlanComparison } from "../compare-plans";
import type { ResourceChange } from "../resources/compare-resources";
import type { WrittenPlan } from "../../plan/read-plan";

/**
 * What an update means to a workload, the gravest first. `restarted`: it goes on as the same thing,
 * with new pods; `changed`: it keeps running.
 */
export const IMPACT_KINDS = ["deleted", "replaced", "restarted", "changed", "created"] as const;
export type ImpactKind = (typeof IMPACT_KINDS)[number];

/** What an update does to one workload, or to what all of them share. */
export interface Impact {
  readonly kind: ImpactKind;
  /** The workload; null for what all share: networks, images, namespaces. */
  readonly workload: string | null;
  /** What differs, such as `memory 64 MiB → 96 MiB`. */
  readonly reasons: readonly string[];
  /** What that means for data and for who uses it, in sentences. */
  readonly meaning: readonly string[];
  readonly resources: readonly ResourceChange[];
}

/** The two plans and what was found to differ between them. */
export interface Difference {
  readonly before: WrittenPlan;
  readonly after: WrittenPlan;
  readonly comparison: PlanComparison;
  readonly changes: readonly ResourceChange[];
}

/** Joins names for a sentence, leaving out what would make it long. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
}

/** Workloads of both plans that connect to one. */
export function usersOf(name: string, { before, after }: Difference): string[] {
  const old = new Set(before.plan.workloads.map((workload) => workload.name));
  return after.plan.workloads
    .filter((workload) => workload.name !== name && workload.connects.includes(name))
    .map((workload) => workload.name)
    .filter((user) => old.has(user));
}

/** Who notices that a workload is down: those that monitoring asks are not told of. */
export function withoutIt(name: string, difference: Difference): string {
  const { workloads } = difference.after.plan;
  const roleOf = (each: string) => workloads.find((workload) => workload.name === each)?.role;
  const users = usersOf(name, difference).filter((user) => roleOf(user) === "service");
  const asked = roleOf(name) === "service" ? " Requests to it fail meanwhile." : "";
  return users.length === 0 ? asked : `${asked} Without it meanwhile: ${listed(users)}.`;
}

/** Where the data of a workload is; undefined where it has none. */
export function dataStays(name: string, { before }: Difference, what: string): string | undefined {
  const volumes = before.plan.workloads.find((workload) => workload.name === name)?.volumes ?? [];
  if (volumes.length === 0) return undefined;
  return `Data stays in its ${what} ${listed(volumes.map((volume) => volume.name))}.`;
}
