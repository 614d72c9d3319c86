import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../db/cursor.ts";
import { ledger, prices } from "../db/schema/costs.ts";
import { projects } from "../db/schema/projects.ts";
import type { LedgerEntryView } from "./ledger-view.ts";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** The ledger entries of a file, oldest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listLedger(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<{ items: LedgerEntryView[]; nextCursor: string | null }> {
  const after = parseCursor(cursorKey, input.cursor);
  const found = await db
    .select({
      id: ledger.id,
      meter: ledger.meter,
      provider: ledger.provider,
      model: ledger.model,
      quantity: ledger.quantity,
      unit: prices.unit,
      // numeric comes as text: the price of one unit may be a fraction of a nano-USD.
      unitNanoUsd: sql<string>`trim_scale(${prices.nanoUsd}::numeric / ${prices.perUnits})::text`,
      nanoUsd: ledger.nanoUsd,
      estimated: ledger.estimated,
      project: projects.slug,
      fileId: ledger.fileId,
      runId: ledger.runId,
      step: ledger.step,
      stepId: ledger.stepId,
      attemptId: ledger.attemptId,
      at: ledger.at,
    })
    .from(ledger)
    .innerJoin(prices, eq(prices.id, ledger.priceId))
    .leftJoin(projects, eq(projects.id, ledger.projectId))
    .where(
      and(
        eq(ledger.fileId, input.fileId),
        after === null
          ? undefined
          : sql`(${ledger.at}, ${ledger.id}) > (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(asc(ledger.at), asc(ledger.id))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map((row) => ({ ...row, nanoUsd: row.nanoUsd.toString(), at: row.at.toISOString() })),
    nextCursor: last && formatCursor([last.at.toISOString(), last.id]),
  };
}
