import { z } from "zod";
import { getJson } from "./http";

/** A query of a provisioned panel, with its dashboard's variables filled in. */
export interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
}

const searchShape = z.array(z.object({ uid: z.string() }));
const panelShape = z.object({
  title: z.string().optional(),
  targets: z.array(z.object({ expr: z.string() })).optional(),
});
const variableShape = z.object({
  name: z.string(),
  current: z.object({ value: z.string() }),
});
const dashboardShape = z.object({
  dashboard: z.object({
    title: z.string(),
    panels: z.array(panelShape),
    templating: z.object({ list: z.array(variableShape).optional() }).optional(),
  }),
});
const rangeShape = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

/** Every query of every dashboard that Grafana really has. */
export async function panelQueries(grafana: string, auth: string): Promise<PanelQuery[]> {
  const found = await getJson(`${grafana}/api/search?type=dash-db`, searchShape, auth);
  const dashboards = await Promise.all(
    found.map(({ uid }) => getJson(`${grafana}/api/dashboards/uid/${uid}`, dashboardShape, auth)),
  );
  return dashboards.flatMap(({ dashboard: { title: dashboard, panels, templating } }) => {
    const values = new Map(
      (templating?.list ?? []).map(({ name, current }) => [name, current.value]),
    );
    return panels.flatMap(({ title: panel = "", targets = [] }) =>
      targets.map(({ expr }) => ({ dashboard, panel, expr: filledIn(expr, values) })),
    );
  });
}

/** What Grafana would fill in: windows of four scrapes of fifteen seconds, each variable's first choice. */
function filledIn(expr: string, values: ReadonlyMap<string, string>): string {
  return expr
    .replaceAll(/\$__(?:rate_interval|interval|range)\b/g, "1m")
    .replaceAll(/\$\{?([a-z_]+)(?::\w+)?\}?/g, (whole, name: string) => values.get(name) ?? whole);
}

/** Whether a query has a number to show for any moment since `from`, in seconds since 1970. */
export async function hasData(
  prometheus: string,
  { expr }: PanelQuery,
  from: number,
): Promise<boolean> {
  const now = Math.floor(Date.now() / 1000);
  const step = Math.max(5, Math.ceil((now - from) / 500));
  const query = new URLSearchParams({
    query: expr,
    start: String(Math.floor(from)),
    end: String(now),
    step: String(step),
  });
  const url = `${prometheus}/api/v1/query_range?${query.toString()}`;
  const { data } = await getJson(url, rangeShape);
  return data.result.some(({ values }) => values.some(([, value]) => value !== "NaN"));
}
