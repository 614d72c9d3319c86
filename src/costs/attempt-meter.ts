import { sql } from "drizzle-orm";
import type { DbContext } from "../db/context.ts";
import { reservations } from "../db/schema/costs.ts";
import { deriveId } from "../kernel/ids.ts";
import type { NewEntry, Spent, SpentBy } from "./record-entries.ts";

/** Counts what one attempt spends. */
export interface AttemptMeter {
  /**
   * Writes an estimate before a provider is called, so that a crash during or after the call is not
   * forgotten. @returns the call's number, for `settle`
   */
  reserve(estimate: Spent): Promise<number>;
  /** Puts the real amount of a reserved call down; written to the ledger by the attempt's commit. */
  settle(call: number, actual: Spent): void;
  /** Puts down an amount that needs no reservation. */
  count(spent: Spent): void;
  /** The entries for the commit. */
  entries(): readonly NewEntry[];
}

/** A meter for one attempt. */
export function createAttemptMeter(ctx: DbContext, by: SpentBy & { attemptId: string }): AttemptMeter {
  const settled = new Map<string, Spent>();
  let calls = 0;
  return {
    async reserve(estimate) {
      const call = calls;
      calls += 1;
      await ctx.db
        .insert(reservations)
        .values({
          id: deriveId("res", by.attemptId, call),
          attemptId: by.attemptId,
          call,
          ...estimate,
          state: "open",
          createdAt: ctx.clock.now(),
        })
        .onConflictDoNothing();
      return call;
    },
    settle: (call, actual) => {
      settled.set(`call-${call}`, actual);
    },
    count: (spent) => {
      settled.set(`${spent.meter} ${spent.model} ${settled.size}`, spent);
    },
    entries: () =>
      [...settled].map(([key, spent]) => ({
        ...by,
        ...spent,
        id: deriveId("entry", by.attemptId, key),
        estimated: false,
        at: ctx.clock.now(),
      })),
  };
}

/** Closes an attempt's reservations: called by its commit, in the same transaction as its entries. */
export async function settleReservations(tx: DbContext["db"], attemptId: string): Promise<void> {
  await tx
    .update(reservations)
    .set({ state: "settled" })
    .where(sql`${reservations.attemptId} = ${attemptId} and ${reservations.state} = 'open'`);
}
