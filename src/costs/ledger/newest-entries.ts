import { and, type SQL, sql } from "drizzle-orm";
import type { WasteKind } from "../../db/waste-kinds.ts";
import { isProject, type LedgerFilter, ledgerCondition } from "./ledger-filter.ts";
import { inSlices, oneOf } from "./slices.ts";

/** The time and id of an entry: its place in the list. */
export type EntryPlace = readonly [at: string, id: string];

/**
 * The newest entries that a filter lets through, as a FROM item with the columns of `ledger`. Which index is read
 * follows from what is asked for, so that a page costs the same however many entries there are. A filter by run
 * or attempt must name the file too (with-owner-file.ts).
 */
export function newestEntries(filter: LedgerFilter, after: EntryPlace | null, limit: number): SQL {
  const condition = and(ledgerCondition(filter), before(sql`(at, id)`, after));
  if (filter.waste !== undefined) return ofWaste(filter, filter.waste, after, limit);
  const { fileId, estimated, adjusting, unreserved, meters, steps, models, projectId } = filter;
  const few = fileId !== undefined || estimated || adjusting || unreserved;
  const sliced = [meters, steps, models, projectId].some((asked) => asked !== undefined);
  if (few || !sliced) {
    return sql`(select * from ledger where ${condition ?? sql`true`} order by at desc, id desc limit ${limit})`;
  }
  const { projectId: _, meters: _m, steps: _s, models: _o, ...rest } = filter;
  const where = and(ledgerCondition(rest), before(sql`(at, id)`, after));
  return inSlices({ filter, where, order: "newest first", limit });
}

function ofWaste(
  filter: LedgerFilter,
  kinds: readonly WasteKind[],
  after: EntryPlace | null,
  limit: number,
): SQL {
  const { projectId, meters, steps, from, to } = filter;
  const listed = and(
    sql`wasted.kind = asked.kind`,
    projectId === undefined ? undefined : isProject(projectId, sql`wasted.project_id`),
    oneOf(sql`wasted.meter`, meters),
    oneOf(sql`wasted.step`, steps),
    from && sql`wasted.at >= ${from.toISOString()}::timestamptz`,
    to && sql`wasted.at < ${to.toISOString()}::timestamptz`,
    before(sql`(wasted.at, wasted.entry_id)`, after),
  );
  return sql`(
    select taken.* from unnest(${sql.param([...kinds])}::text[]) as asked(kind) cross join lateral (
      select entry.* from wasted_entries wasted cross join lateral (
        select * from ledger where ${and(sql`id = wasted.entry_id`, ledgerCondition(filter))}
      ) entry
      where ${listed}
      order by wasted.at desc, wasted.entry_id desc limit ${limit}
    ) taken
    order by at desc, id desc limit ${limit}
  )`;
}

function before(place: SQL, after: EntryPlace | null): SQL | undefined {
  return after === null ? undefined : sql`${place} < (${after[0]}::timestamptz, ${after[1]})`;
}
