import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { z } from "zod";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { providerChanges } from "../../db/schema/breakers.ts";
import { runs } from "../../db/schema/runs.ts";
import { steps } from "../../db/schema/steps.ts";
import type { ProviderView } from "./provider-view.ts";

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);
type Place = z.output<typeof placeSchema>;

/**
 * The changes of a breaker's state, newest first.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listProviderChanges(
  { db }: Pick<DbContext, "db">,
  { provider, limit, cursor }: { readonly provider: BreakerProvider } & PageRequest,
): Promise<{ items: ProviderView["changes"]; nextCursor: string | null }> {
  const found = await readChanges(db, {
    provider,
    limit: limit + 1,
    before: parseCursor(placeSchema, cursor),
  });
  const { rows, last } = cutPage(found, limit);
  return { items: rows.map(changeView), nextCursor: last && formatCursor([last.at.toISOString(), last.id]) };
}

/** The newest of them. */
export async function newestChanges(
  db: Db,
  provider: BreakerProvider,
  limit: number,
): Promise<ProviderView["changes"]> {
  return (await readChanges(db, { provider, limit, before: null })).map(changeView);
}

function readChanges(
  db: Db,
  { provider, limit, before }: { provider: BreakerProvider; limit: number; before: Place | null },
) {
  return db
    .select({ ...getTableColumns(providerChanges), fileId: runs.fileId })
    .from(providerChanges)
    .leftJoin(steps, eq(steps.id, providerChanges.stepId))
    .leftJoin(runs, eq(runs.id, steps.runId))
    .where(
      and(
        eq(providerChanges.provider, provider),
        before === null
          ? undefined
          : sql`(${providerChanges.at}, ${providerChanges.id}) < (${before[0]}::timestamptz, ${before[1]})`,
      ),
    )
    .orderBy(sql`${providerChanges.at} desc nulls last`, sql`${providerChanges.id} desc nulls last`)
    .limit(limit);
}

type Row = typeof providerChanges.$inferSelect & { readonly fileId: string | null };

function changeView(row: Row): ProviderView["changes"][number] {
  const { id, at, fromState: from, toState: to, cause, keyName: by, reason, stepId, fileId } = row;
  return { id, at: at.toISOString(), from, to, cause, by, reason, stepId, fileId };
}
