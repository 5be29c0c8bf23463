import { provisionedDashboards } from "../../configs/grafana/mounts";
import type { Stack } from "../../model/stack";
import { findWorkload } from "../../model/stack";
import { GRAFANA } from "../../model/workloads/grafana";
import type { Plan } from "./plan";

/** Every dashboard that the stack's Grafana will show; none without Grafana. */
export function plannedDashboards(stack: Stack): Plan["dashboards"] {
  if (!findWorkload(stack, GRAFANA)) return [];
  return provisionedDashboards(stack).map(({ uid, title = uid, panels = [] }) => ({
    uid,
    title,
    panels: panels.filter(({ type }) => type !== "row").length,
  }));
}
