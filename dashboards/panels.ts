import { LegendPlacement, VizLegendOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  CustomVariableBuilder,
  type DataSourceRef,
  type Dashboard,
  type DashboardLink,
  type Panel,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { DATASOURCE_UID } from "./datasource";
import { startDashboard } from "./start-dashboard";

/** One line or number of a panel. */
export interface Query {
  readonly expr: string;
  /** Legend, with `{{label}}` filled in by Grafana. */
  readonly legend: string;
}

/** A panel in the words of its subject; drawing and numbering are the same for all. */
export interface PanelSpec {
  readonly kind: "timeseries" | "stat";
  readonly title: string;
  /** What it shows and what to make of it. */
  readonly description: string;
  /** A Grafana unit, from the SDK's `units`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** From this value on it is drawn in red; the same number as in the rules. */
  readonly alarm?: number;
  /** Below this value it is drawn in red. */
  readonly alarmBelow?: number;
  readonly max?: number;
  /** Where a click on a line or number leads. */
  readonly links?: readonly Builder<DashboardLink>[];
}

/** A dashboard whose identity is fixed: links to it last. */
export type NamedDashboard = Dashboard & { readonly uid: string };

/** A titled row of panels. */
export interface Row {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

/** A rate's window: long enough for four scrapes whatever the interval; Grafana fills it in. */
export const WINDOW = "$__rate_interval";

const datasource: DataSourceRef = { type: "prometheus", uid: DATASOURCE_UID };
/** Grafana's grid is 24 wide. */
const STAT_SIZE = { width: 6, height: 4 } as const;
const TIMESERIES_SIZE = { width: 12, height: 8 } as const;

/**
 * A dashboard from rows. The SDK leaves out panel ids, refIds and datasources; Grafana needs them
 * to tell panels apart, so they are set here.
 * @param services what the variable `service` offers; none: the dashboard has no such variable.
 */
export function buildDashboard(
  uid: string,
  title: string,
  rows: readonly Row[],
  services: readonly string[] = [],
): NamedDashboard {
  let id = 0;
  const builder = startDashboard(uid, title)
    .editable()
    .time({ from: "now-1h", to: "now" })
    .refresh("30s");
  const [first] = services;
  if (first !== undefined) {
    builder.withVariable(
      new CustomVariableBuilder("service")
        .label("Service")
        .values(services.join(","))
        .current({ selected: true, text: first, value: first })
        .options(services.map((name) => ({ selected: name === first, text: name, value: name }))),
    );
  }
  for (const row of rows.filter(({ panels }) => panels.length > 0)) {
    builder.withRow(new RowBuilder(row.title).id(++id));
    for (const spec of row.panels) builder.withPanel(panel(spec, ++id));
  }
  return { ...builder.build(), uid };
}

function panel(spec: PanelSpec, id: number): Builder<Panel> {
  const { width, height } = spec.kind === "stat" ? STAT_SIZE : TIMESERIES_SIZE;
  const drawing =
    spec.kind === "stat"
      ? new StatBuilder()
      : new TimeseriesBuilder()
          .fillOpacity(10)
          .legend(new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom));
  drawing
    .id(id)
    .title(spec.title)
    .description(spec.description)
    .datasource(datasource)
    .span(width)
    .height(height)
    .unit(spec.unit)
    .thresholds(thresholds(spec))
    .targets(spec.queries.map((query, index) => target(query, index, spec.kind)));
  if (spec.max !== undefined) drawing.min(0).max(spec.max);
  if (spec.links) drawing.dataLinks([...spec.links]);
  return drawing;
}

const FIRST_LETTER = "A".charCodeAt(0);

function target({ expr, legend }: Query, index: number, kind: PanelSpec["kind"]): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(String.fromCharCode(FIRST_LETTER + index))
    .datasource(datasource)
    .expr(expr)
    .legendFormat(legend);
  return kind === "stat" ? query.instant() : query.range();
}

function thresholds({ alarm, alarmBelow }: PanelSpec): ThresholdsConfigBuilder {
  const steps =
    alarmBelow === undefined
      ? [
          { value: null, color: "green" },
          ...(alarm === undefined ? [] : [{ value: alarm, color: "red" }]),
        ]
      : [
          { value: null, color: "red" },
          { value: alarmBelow, color: "green" },
        ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}
