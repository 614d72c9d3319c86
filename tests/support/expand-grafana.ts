/**
 * What Grafana's PostgreSQL data source makes of a query: its macros and the variable of the bucket's width, as
 * its documentation of macros says (grafana.com/docs/grafana/latest/datasources/postgres, "Macros").
 */
export function expandGrafana(rawSql: string, asked: { from: Date; to: Date; bucket: string }): string {
  const sql = rawSql
    .replaceAll("$__timeFrom()", `'${asked.from.toISOString()}'`)
    .replaceAll("$__timeTo()", `'${asked.to.toISOString()}'`)
    .replaceAll("$bucket", asked.bucket);
  if (sql.includes("$")) throw new TypeError(`A macro was left: ${/\$\S+/.exec(sql)?.[0]}`);
  return sql;
}
