import { scoped, type SeriesScope } from "../model/series-scope";

/** A query for the values of a variable: `label_values(SERIES, label)`. */
const LABEL_VALUES = /^(label_values\()(.+)(,\s*\w+\))$/s;

/**
 * For JSON.stringify: writes a dashboard whose queries ask for series with these labels alone. They
 * are where Grafana has them: `expr` of a panel's target, `query` of a variable.
 */
export function queriesWithin(scope: SeriesScope): (key: string, value: unknown) => unknown {
  return (key, value) => {
    if (typeof value !== "string") return value;
    if (key === "expr") return scoped(value, scope);
    if (key !== "query") return value;
    return value.replace(
      LABEL_VALUES,
      (_, open: string, series: string, close: string) => open + scoped(series, scope) + close,
    );
  };
}
