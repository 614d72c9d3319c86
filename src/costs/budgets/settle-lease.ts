import type { DbContext } from "../../db/context.ts";
import type { ReservedSpending } from "../../db/schema/budgets.ts";
import { deriveId } from "../../kernel/ids.ts";
import { type NewEntry, recordEntries, type Spent } from "../ledger/record-entries.ts";
import { passBudgetGate } from "./budget-gate.ts";
import { releaseReservation } from "./give-back.ts";

/** What was bought out of a lease, by the places of its lines. */
export type BoughtLines = Pick<ReservedSpending, "projectId" | "step"> & {
  readonly lines: readonly (Spent & { readonly place: number })[];
};

/**
 * Puts down what was bought out of a lease, one entry a line, and gives back the rest. Twice is as once: of a
 * process and the tick, whoever comes first has put it down.
 * @param of.estimated whether it is the most that was bought, as nobody can tell any more what it was
 */
export async function settleLease(
  { db, clock }: DbContext,
  bought: BoughtLines,
  of: { readonly id: string; readonly at: Date; readonly estimated: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await passBudgetGate(tx);
    await recordEntries(tx, entriesOf(bought, of));
    await releaseReservation(tx, of.id, clock.now());
  });
}

function entriesOf(
  { projectId, step, lines }: BoughtLines,
  of: { id: string; at: Date; estimated: boolean },
): NewEntry[] {
  const owner = { projectId, fileId: null, runId: null, stepId: null, step, attemptId: null };
  return lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ place, ...line }) => ({
      ...owner,
      ...line,
      id: deriveId("entry", of.id, place),
      estimated: of.estimated,
      reservationId: of.id,
      at: of.at,
    }));
}
