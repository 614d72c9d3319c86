import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { RequeueState } from "../../db/requeue-states.ts";
import { readRequeues } from "./read-requeues.ts";
import type { RequeueSummary } from "./requeue-view.ts";

const place = z.tuple([z.iso.datetime(), z.string()]);

/**
 * The requeues, the newest first.
 * @param page.states only those in one of them; all when there is none
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listRequeues(
  { db }: Pick<DbContext, "db">,
  page: PageRequest & { states: readonly RequeueState[] },
): Promise<{ items: RequeueSummary[]; nextCursor: string | null }> {
  const before = parseCursor(place, page.cursor);
  const which = [
    page.states.length === 0 ? sql`true` : sql`state = any(${sql.param([...page.states])}::text[])`,
    before === null ? sql`true` : sql`(created_at, id) < (${before[0]}::timestamptz, ${before[1]})`,
  ];
  // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
  const order = sql`order by created_at desc nulls last, id desc nulls last limit ${page.limit + 1}`;
  const found = await readRequeues(db, sql`${sql.join(which, sql` and `)} ${order}`);
  const { rows, last } = cutPage(found, page.limit);
  return { items: rows, nextCursor: last && formatCursor([last.createdAt, last.id]) };
}
