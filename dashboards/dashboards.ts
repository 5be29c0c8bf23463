import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Stack } from "../model/stack";
import { overviewDashboard } from "./overview";

/** Every dashboard of a stack, each with the panels that its declared workloads can fill. */
export function dashboards(stack: Stack): Dashboard[] {
  return [overviewDashboard(stack)];
}
