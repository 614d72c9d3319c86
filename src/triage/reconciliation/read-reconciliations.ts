import { and, count, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { findingClasses } from "../../db/reconciliation-states.ts";
import { apiKeys, people } from "../../db/schema/access.ts";
import { reconciliationFindings, reconciliations } from "../../db/schema/reconciliations.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { ReconciliationContext } from "./context.ts";
import type { ReconciliationView } from "./reconciliation-view.ts";
import { keptFindings } from "./run-reconciliation.ts";

type ReadContext = Pick<ReconciliationContext, "db">;
type Row = Awaited<ReturnType<typeof readRows>>[number];

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** Reconciliations, newest first. @throws WaybillError malformed_request for a cursor of another list */
export async function listReconciliations(
  ctx: ReadContext,
  input: PageRequest,
): Promise<{ items: ReconciliationView[]; nextCursor: string | null }> {
  const before = parseCursor(cursorKey, input.cursor);
  const older =
    before === null
      ? undefined
      : sql`(${reconciliations.startedAt}, ${reconciliations.id}) < (${before[0]}::timestamptz, ${before[1]})`;
  const { rows, last } = cutPage(await readRows(ctx, older, input.limit + 1), input.limit);
  return {
    items: await toViews(ctx, rows),
    nextCursor: last && formatCursor([last.startedAt.toISOString(), last.id]),
  };
}

/** One reconciliation. @throws WaybillError reconciliation_not_found */
export async function getReconciliation(ctx: ReadContext, id: string): Promise<ReconciliationView> {
  const [view] = await toViews(ctx, await readRows(ctx, eq(reconciliations.id, id), 1));
  if (view === undefined) throw new WaybillError("reconciliation_not_found", { details: { id } });
  return view;
}

function readRows({ db }: ReadContext, where: ReturnType<typeof eq> | undefined, limit: number) {
  return db
    .select({
      id: reconciliations.id,
      stage: reconciliations.stage,
      by: sql<string | null>`coalesce(${people.name}, ${apiKeys.name})`,
      startedAt: reconciliations.startedAt,
      finishedAt: reconciliations.finishedAt,
      deadLetters: reconciliations.deadLetters,
      queuedSteps: reconciliations.queuedSteps,
      doneFiles: reconciliations.doneFiles,
      vectors: reconciliations.vectors,
      found: reconciliations.found,
    })
    .from(reconciliations)
    .leftJoin(apiKeys, eq(apiKeys.id, reconciliations.keyId))
    .leftJoin(people, eq(people.id, reconciliations.keyId))
    .where(where)
    .orderBy(desc(reconciliations.startedAt), desc(reconciliations.id))
    .limit(limit);
}

async function toViews(ctx: ReadContext, rows: readonly Row[]): Promise<ReconciliationView[]> {
  if (rows.length === 0) return [];
  const { reconciliationId, class: findingClass, repairedAt } = reconciliationFindings;
  const open = await ctx.db
    .select({ reconciliationId, class: findingClass, open: count() })
    .from(reconciliationFindings)
    .where(
      and(
        inArray(
          reconciliationId,
          rows.map(({ id }) => id),
        ),
        isNull(repairedAt),
      ),
    )
    .groupBy(reconciliationId, findingClass);
  return rows.map(({ deadLetters, queuedSteps, doneFiles, vectors, found, ...row }) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    read: { deadLetters, queuedSteps, doneFiles, vectors },
    classes: findingClasses.map((name) => ({
      class: name,
      found: found[name] ?? 0,
      kept: Math.min(found[name] ?? 0, keptFindings),
      open: open.find((one) => one.reconciliationId === row.id && one.class === name)?.open ?? 0,
    })),
  }));
}
