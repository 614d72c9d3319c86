import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { Clock } from "../../kernel/clock.ts";
import { listHalted } from "./list-halted.ts";
import { listJoins } from "./list-joins.ts";
import type { PlacedStep, StuckFilter } from "./stuck-part.ts";
import type { StuckStep } from "./stuck-view.ts";

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);

/**
 * Steps that wait, or whose attempt runs, for longer than the p99 of their step, and steps of which no sibling has
 * ended for that long. What was queued first comes first; a step that waits for siblings has no such time and stands
 * where its run began.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listStuck(
  { db, clock }: Pick<DbContext, "db"> & { readonly clock: Clock },
  { cursor, limit, reason, ...filter }: StuckFilter & PageRequest,
): Promise<{ items: StuckStep[]; nextCursor: string | null }> {
  const after = parseCursor(placeSchema, cursor);
  const part = { ...filter, now: clock.now(), after, limit: limit + 1 };
  const [halted, joins] = await Promise.all([
    reason === "waiting-for-siblings" ? [] : listHalted(db, { ...part, reason }),
    // What waits for siblings calls no provider yet.
    filter.provider === undefined && (reason === undefined || reason === "waiting-for-siblings")
      ? listJoins(db, part)
      : [],
  ]);
  const { rows, last } = cutPage([...halted, ...joins].toSorted(byPlace), limit);
  return { items: rows.map(({ item }) => item), nextCursor: last && formatCursor([...last.place]) };
}

function byPlace({ place: one }: PlacedStep, { place: other }: PlacedStep): number {
  const [at, id] = one[0] === other[0] ? [one[1], other[1]] : [one[0], other[0]];
  return at < id ? -1 : 1;
}
