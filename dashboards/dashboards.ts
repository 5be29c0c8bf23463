import type { Stack } from "../model/stack";
import { overviewDashboard } from "./overview";
import type { NamedDashboard } from "./panels";

/** Every dashboard of a stack, each with the panels that its declared workloads can fill. */
export function dashboards(stack: Stack): NamedDashboard[] {
  return [overviewDashboard(stack)];
}
