import { inArray } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import { files } from "../../db/schema/files.ts";
import { passBudgetGate } from "../budgets/budget-gate.ts";
import { type NewEntry, recordEntries } from "./record-entries.ts";

/**
 * Records, in a transaction of its own, what was spent for no run. The gate is passed before files are locked,
 * and these before the budgets' accounts, as the pipeline does it.
 */
export async function recordSpending(
  { db }: Pick<DbContext, "db">,
  entries: readonly NewEntry[],
): Promise<void> {
  const fileIds = [...new Set(entries.flatMap(({ fileId }) => fileId ?? []))];
  await db.transaction(async (tx) => {
    await passBudgetGate(tx);
    if (fileIds.length > 0) {
      await tx
        .select({ id: files.id })
        .from(files)
        .where(inArray(files.id, fileIds))
        .orderBy(files.id)
        .for("no key update");
    }
    await recordEntries(tx, entries);
  });
}
