import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { reservations } from "../db/schema/costs.ts";
import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";
import { settleReservations } from "./attempt-meter.ts";
import { type NewEntry, recordEntries, type SpentBy } from "./record-entries.ts";

const meterSchema = z.enum(meters);

/**
 * Puts down what an attempt that vanished may have spent: each open reservation at its estimate, and the
 * time that it held the lease, all marked as estimated. The ledger never shows less than was spent.
 * @param leaseMs how long the attempt held its lease
 */
export async function settleLostAttempt(
  ctx: DbContext,
  by: SpentBy & { attemptId: string },
  leaseMs: number,
): Promise<void> {
  const open = await ctx.db
    .select()
    .from(reservations)
    .where(and(eq(reservations.attemptId, by.attemptId), eq(reservations.state, "open")));
  const at = ctx.clock.now();
  const entries: NewEntry[] = open.map((reservation) => ({
    ...by,
    id: deriveId("entry", by.attemptId, `call-${reservation.call}`),
    meter: meterSchema.parse(reservation.meter),
    provider: reservation.provider,
    model: reservation.model,
    quantity: reservation.quantity,
    estimated: true,
    at,
  }));
  entries.push({
    ...by,
    id: deriveId("entry", by.attemptId, "lease"),
    meter: meters.computeMs,
    provider: "vercel",
    model: "*",
    quantity: Math.round(leaseMs),
    estimated: true,
    at,
  });
  await recordEntries(ctx.db, entries);
  await settleReservations(ctx.db, by.attemptId);
}
