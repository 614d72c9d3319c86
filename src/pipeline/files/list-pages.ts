import { and, asc, desc, eq, exists, gte } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { type PageBlock, pages } from "../../db/schema/content.ts";
import { files } from "../../db/schema/files.ts";
import { runs } from "../../db/schema/runs.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { ListPage } from "./file-view.ts";
import type { PageView } from "./page-view.ts";

/** The run, and the page to go on with. */
const cursorKey = z.tuple([z.string(), z.number().int()]);

/**
 * The pages of the newest run of a file that has any, in their order, from the page `from` on. Later pages of
 * the list stay with the run of the first.
 * @throws WaybillError file_not_found, or malformed_request for a cursor of another list
 */
export async function listPages(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string; from: number } & PageRequest,
): Promise<ListPage<PageView>> {
  const goOn = parseCursor(cursorKey, input.cursor);
  const [file] = await db
    .select({ mediaType: files.mediaType })
    .from(files)
    .where(eq(files.id, input.fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId: input.fileId } });
  const runId = goOn?.[0] ?? (await newestRunWithPages(db, input.fileId));
  if (runId === undefined) return { items: [], nextCursor: null };
  const found = await db
    .select({ page: pages.page, blocks: pages.blocks })
    .from(pages)
    // The file is asked for again, since a cursor may come from another file's list.
    .innerJoin(runs, and(eq(runs.id, pages.runId), eq(runs.fileId, input.fileId)))
    .where(and(eq(pages.runId, runId), gte(pages.page, goOn?.[1] ?? input.from)))
    .orderBy(asc(pages.page))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  const hasPicture = file.mediaType === "application/pdf";
  return {
    items: rows.map((row) => ({ ...toPageView(row), hasPicture })),
    nextCursor: last && formatCursor([runId, last.page + 1]),
  };
}

function toPageView({ page, blocks }: { page: number; blocks: readonly PageBlock[] }) {
  return {
    page,
    tokens: blocks.reduce((sum, block) => sum + block.tokens, 0),
    blocks: blocks.map(({ kind, level, text, tokens }) => ({ kind, level: level ?? null, text, tokens })),
  };
}

async function newestRunWithPages(db: Db, fileId: string): Promise<string | undefined> {
  const any = db.select({ page: pages.page }).from(pages).where(eq(pages.runId, runs.id));
  const [run] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.fileId, fileId), exists(any)))
    .orderBy(desc(runs.number))
    .limit(1);
  return run?.id;
}
