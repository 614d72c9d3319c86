import { and, asc, eq, isNotNull, lte } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { reservations } from "../../db/schema/budgets.ts";
import { meters } from "../../telemetry/names.ts";
import { settleLease } from "./settle-lease.ts";

const meterSchema = z.enum(meters);

/** After how long a lease has expired, in ms: longer than it is shared and any request may take. */
const abandonedMs = 10 * 60_000;
/** Most of them in one pass; the next tick takes the rest. */
const batchSize = 100;

/**
 * Puts down what was being bought when a process died: at the most that it may have cost, marked as an estimate.
 * An amount that was put down stays.
 * @returns how many there were
 */
export async function settleAbandoned(ctx: DbContext): Promise<number> {
  const expired = new Date(ctx.clock.now().getTime() - abandonedMs);
  const abandoned = await ctx.db
    .select({ id: reservations.id, spending: reservations.spending, createdAt: reservations.createdAt })
    .from(reservations)
    .where(
      and(
        eq(reservations.state, "open"),
        isNotNull(reservations.spending),
        lte(reservations.createdAt, expired),
      ),
    )
    .orderBy(asc(reservations.createdAt))
    .limit(batchSize);
  for (const { id, spending, createdAt } of abandoned) {
    if (spending === null) continue;
    const lines = spending.lines.map((line) => ({ ...line, meter: meterSchema.parse(line.meter) }));
    await settleLease(ctx, { ...spending, lines }, { id, at: createdAt, estimated: true });
  }
  return abandoned.length;
}
