import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import type { FindingClass } from "../../db/reconciliation-states.ts";
import { reconciliationFindings as findings } from "../../db/schema/reconciliations.ts";
import type { ReconciliationContext } from "./context.ts";
import { getReconciliation } from "./read-reconciliations.ts";
import type { FindingView } from "./reconciliation-view.ts";

const cursorKey = z.tuple([z.string(), z.string()]);

/**
 * The findings of a reconciliation by their class and id.
 * @throws WaybillError reconciliation_not_found, malformed_request for a cursor of another list
 */
export async function listFindings(
  ctx: Pick<ReconciliationContext, "db">,
  input: PageRequest & { reconciliationId: string; class?: FindingClass | undefined; open?: boolean },
): Promise<{ items: FindingView[]; nextCursor: string | null }> {
  const { reconciliationId } = input;
  await getReconciliation(ctx, reconciliationId);
  const after = parseCursor(cursorKey, input.cursor);
  const found = await ctx.db
    .select()
    .from(findings)
    .where(
      and(
        eq(findings.reconciliationId, reconciliationId),
        input.class && eq(findings.class, input.class),
        input.open ? isNull(findings.repairedAt) : undefined,
        after === null ? undefined : afterPlace(input.class, after),
      ),
    )
    .orderBy(asc(findings.class), asc(findings.id))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map(({ reconciliationId: _, ...row }) => ({
      ...row,
      foundAt: row.foundAt.toISOString(),
      repairedAt: row.repairedAt?.toISOString() ?? null,
    })),
    nextCursor: last && formatCursor([last.class, last.id]),
  };
}

function afterPlace(only: FindingClass | undefined, [name, id]: readonly [string, string]) {
  return only === undefined
    ? sql`(${findings.class}, ${findings.id}) > (${name}, ${id})`
    : gt(findings.id, id);
}
