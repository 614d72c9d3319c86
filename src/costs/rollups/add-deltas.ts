import { type SQL, sql } from "drizzle-orm";
import { addToKnown, names, type Rollup } from "./rollup.ts";

/**
 * An INSERT, to be the part of a statement, that adds rows to a rollup. The row of the ledger's quarter hour is
 * this connection's alone, so no other transaction waits for it.
 * @param source a FROM item with `at`, the rollup's key and its sums, those that are told among them
 */
export function addDeltas(rollup: Rollup, source: SQL): SQL {
  const columns = [...rollup.sums, ...rollup.told];
  const sums = sql.join(
    columns.map((column) => sql`sum(${sql.identifier(column)})`),
    sql`, `,
  );
  return sql`
    insert into ${sql.identifier(rollup.deltas)} as known (backend, bucket, ${names(rollup.key)}, ${names(columns)})
    select pg_backend_pid(), date_bin('15 minutes', at, 'epoch'), ${names(rollup.key)}, ${sums}
    from ${source}
    group by date_bin('15 minutes', at, 'epoch'), ${names(rollup.key)}
    on conflict (backend, bucket, ${names(rollup.key)}) do update set ${addToKnown(columns)}`;
}
