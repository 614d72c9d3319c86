import { asc, eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { pages } from "../../db/schema/content.ts";
import type { PageBlocks } from "../documents/block.ts";

/** The number under which the one page of a document without pages is kept. */
export const onlyPage = 1;

/** Keeps extracted pages, in one statement; the same page is written over. */
export async function writePages(tx: Db, runId: string, extracted: readonly PageBlocks[]): Promise<void> {
  const rows = extracted.map((page) => ({ page: page.page ?? onlyPage, blocks: page.blocks }));
  await tx.execute(sql`
    insert into pages (run_id, page, blocks)
    select ${runId}, page, blocks from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as extracted(page int, blocks jsonb)
    on conflict (run_id, page) do update set blocks = excluded.blocks`);
}

/** Forgets the pages of an earlier round: the ranges are planned anew, and may be others. */
export async function clearPages(tx: Db, runId: string): Promise<void> {
  await tx.delete(pages).where(eq(pages.runId, runId));
}

/** All pages of a run, in order. */
export function readPages(db: Db, runId: string) {
  return db
    .select({ page: pages.page, blocks: pages.blocks })
    .from(pages)
    .where(eq(pages.runId, runId))
    .orderBy(asc(pages.page));
}
