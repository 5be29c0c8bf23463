import type { Stack } from "../model/stack";
import { alertsDashboard } from "./alerts";
import { annotations } from "./annotations";
import { hostDashboards } from "./host";
import { monitoringDashboard } from "./monitoring";
import { modelDashboards } from "./models";
import { objectiveDashboards } from "./objectives";
import { containersDashboards } from "./containers";
import { kubernetesDashboards } from "./kubernetes";
import { outsideProbeDashboards } from "./outside-probes";
import { overviewDashboard } from "./overview";
import type { NamedDashboard } from "./panels";
import { postgresDashboards } from "./postgres";
import { redisDashboards } from "./redis";
import { runbooksDashboard } from "./runbooks";
import { serviceDashboards } from "./services";

/**
 * Every dashboard of a stack, each with the panels that its declared workloads can fill; `alerts`
 * are those that the stack's rules may raise.
 */
export function dashboards(stack: Stack, alerts: ReadonlySet<string>): NamedDashboard[] {
  const marks = annotations(stack);
  const drawn = [
    overviewDashboard(stack),
    alertsDashboard(stack),
    ...serviceDashboards(stack),
    ...outsideProbeDashboards(stack),
    ...objectiveDashboards(stack),
    ...modelDashboards(stack),
    ...containersDashboards(stack),
    ...kubernetesDashboards(stack),
    ...postgresDashboards(stack),
    ...redisDashboards(stack),
    ...hostDashboards(stack),
    monitoringDashboard(stack),
  ];
  return [
    ...drawn.map((dashboard) => ({ ...dashboard, annotations: marks })),
    runbooksDashboard(alerts),
  ];
}
