import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { reservations } from "../db/schema/budgets.ts";
import { providerCalls } from "../db/schema/costs.ts";
import type { ComputeShares } from "../kernel/compute-shares.ts";
import { deriveId } from "../kernel/ids.ts";
import { meters } from "../telemetry/names.ts";
import { callKey, settleCalls } from "./attempt-meter.ts";
import { computeSpent } from "./compute-spent.ts";
import { type NewEntry, recordEntries, type Spent, type SpentBy } from "./ledger/record-entries.ts";

const meterSchema = z.enum(meters);

/**
 * Puts down what an attempt that vanished may have spent: each provider call that it had begun at its estimate,
 * and a whole machine for as long as it held the lease and had reserved to work, all marked as estimated. The
 * ledger never shows less than was spent.
 * @param leaseMs how long the attempt held its lease
 */
export async function settleLostAttempt(
  ctx: DbContext & { readonly compute: Pick<ComputeShares, "memoryMb"> },
  by: SpentBy & { attemptId: string; reservationId: string },
  leaseMs: number,
): Promise<void> {
  const open = await ctx.db
    .select()
    .from(providerCalls)
    .where(and(eq(providerCalls.attemptId, by.attemptId), eq(providerCalls.state, "open")));
  const at = ctx.clock.now();
  const estimated = (key: string, spent: Spent): NewEntry => ({
    ...by,
    ...spent,
    id: deriveId("entry", by.attemptId, key),
    estimated: true,
    at,
  });
  const calls = open.map(({ call, meter, provider, model, quantity }) =>
    estimated(callKey(call), { meter: meterSchema.parse(meter), provider, model, quantity }),
  );
  // It stops where no more was set aside for it (pipeline/paid-time.ts).
  const [reserved] = await ctx.db
    .select({ workMs: reservations.workMs })
    .from(reservations)
    .where(eq(reservations.id, by.reservationId));
  const ms = Math.min(leaseMs, reserved?.workMs ?? leaseMs);
  const machine = computeSpent({ cpuMs: ms, memoryMbMs: ms * ctx.compute.memoryMb });
  await recordEntries(ctx.db, [
    ...calls,
    ...machine.map((spent) => estimated(`lease ${spent.meter}`, spent)),
  ]);
  await settleCalls(ctx.db, by.attemptId);
}
