import { and, type SQL, sql } from "drizzle-orm";

/** Which part of the ledger; what is left out does not matter. */
interface SliceFilter {
  /** Null for what belongs to no project. */
  readonly projectId?: string | null | undefined;
  readonly meters?: readonly string[] | undefined;
  readonly steps?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
}

/** What is read of a part of the ledger. */
export interface SliceReading {
  readonly filter: SliceFilter;
  /** On top of the filter; on the columns of `ledger`. */
  readonly where?: SQL | undefined;
  /** By time and id. */
  readonly order: "oldest first" | "newest first";
  readonly limit: number;
}

/** As the indexes have it: one expression, so that the planner knows how many entries have all three. */
const sliceKey = sql`(meter || ' ' || step || ' ' || model)`;

/**
 * The first rows of a part of the ledger, in the order of their times, as a FROM item. There are few triples of a
 * meter, a step and a model, so they are read off the index one after the other, and of each that is asked for
 * only as many rows as are wanted: however large the ledger is and however rare the combination that is asked
 * for, nothing is read in vain.
 */
export function inSlices({ filter, where, order, limit }: SliceReading): SQL {
  const by = sql.raw(order === "newest first" ? "desc" : "asc");
  const asked = and(
    oneOf(sql`slice.meter`, filter.meters),
    oneOf(sql`slice.step`, filter.steps),
    oneOf(sql`slice.model`, filter.models),
  );
  return sql`(
    with recursive ${slices(filter)}
    select taken.* from slice cross join lateral (
      select * from ledger where ${and(ofProject(filter), sql`${sliceKey} = slice.key`, where)}
      order by at ${by}, id ${by} limit ${limit}
    ) taken
    where ${asked ?? sql`true`}
    order by at ${by}, id ${by} limit ${limit}
  )`;
}

/** Every triple that occurs, each found by one look into the index. */
function slices(filter: SliceFilter): SQL {
  const next = (after: SQL | undefined) => sql`
    select ${sliceKey} as key, meter, step, model from ledger where ${and(ofProject(filter), after) ?? sql`true`}
    order by ${filter.projectId === undefined ? sql`` : sql`project_id, `}${sliceKey} limit 1`;
  return sql`slice(key, meter, step, model) as (
      (${next(undefined)})
      union all
      select found.* from slice cross join lateral (${next(sql`${sliceKey} > slice.key`)}) found
    )`;
}

function ofProject({ projectId }: SliceFilter): SQL | undefined {
  if (projectId === undefined) return undefined;
  return projectId === null ? sql`project_id is null` : sql`project_id = ${projectId}`;
}

/** A condition on a column that may have one of several values; none where all are asked for. */
export function oneOf(column: SQL, values: readonly string[] | undefined): SQL | undefined {
  return values && sql`${column} = any(${sql.param([...values])}::text[])`;
}
