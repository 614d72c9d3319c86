import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import type { Panel } from "../panel.ts";
import { bucketOrigin, places } from "../sql.ts";

/** The data source that whoever imports a dashboard chooses. */
export const dataSource = { type: "grafana-postgresql-datasource", uid: `\${datasource}` } as const;

/** A query as Grafana's PostgreSQL data source keeps it. */
interface PostgresQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof dataSource;
  readonly editorMode: "code";
  readonly format: "time_series" | "table";
  readonly rawQuery: true;
  readonly rawSql: string;
}

const width = "'$bucket'::interval";

/** What stands in each place of a panel's SQL: Grafana's macros, and the variable of the bucket's width. */
const macros: readonly (readonly [place: string, sql: string])[] = [
  [places.from, `date_bin(${width}, $__timeFrom()::timestamptz, ${bucketOrigin})`],
  [places.to, "$__timeTo()::timestamptz"],
  [places.width, width],
  [places.now, "now()"],
];

/** A panel's query for Grafana: of several series one is told by the column `metric`; money is in dollars. */
export function grafanaQuery(panel: Panel): Builder<PostgresQuery> {
  const sql = macros.reduce((text, [place, macro]) => text.replaceAll(place, macro), panel.sql.trim());
  const value = panel.unit === "nano-usd" ? "(value / 1e9)::float8" : "value::float8";
  const rawSql =
    panel.kind === "now"
      ? `select series as metric, ${value} as value\nfrom (\n${sql}\n) panel`
      : `select time, series as metric, ${value} as value\nfrom (\n${sql}\n) panel\norder by time, metric`;
  const query: PostgresQuery = {
    refId: "A",
    datasource: dataSource,
    editorMode: "code",
    format: panel.kind === "now" ? "table" : "time_series",
    rawQuery: true,
    rawSql,
    _implementsDataqueryVariant: () => undefined,
  };
  return { build: () => query };
}
