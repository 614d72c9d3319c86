import { and, asc, desc, eq, exists, gt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { chunks, embeddings } from "../../db/schema/content.ts";
import { runs } from "../../db/schema/runs.ts";
import { steps } from "../../db/schema/steps.ts";
import type { ChunkView, ListPage } from "./file-view.ts";
import { requireFile } from "./require-file.ts";

/** Whether the index step of the batch that a chunk belongs to has written it. */
const isIndexed = sql`exists (select from ${steps} where ${steps.runId} = ${chunks.runId} and ${steps.name} = 'index'
  and ${steps.state} = 'succeeded' and ${chunks.ordinal}
  between (${steps.input} ->> 'first')::int and (${steps.input} ->> 'last')::int)`;

const cursorKey = z.tuple([z.string(), z.number().int()]);

/**
 * The chunks of the newest run of a file that has any, in their order. Later pages stay with the run of the
 * first page.
 * @throws WaybillError file_not_found, or malformed_request for a cursor of another list
 */
export async function listChunks(
  { db }: Pick<DbContext, "db">,
  input: { fileId: string } & PageRequest,
): Promise<ListPage<ChunkView>> {
  const after = parseCursor(cursorKey, input.cursor);
  await requireFile({ db }, input.fileId);
  const runId = after?.[0] ?? (await newestRunWithChunks(db, input.fileId));
  if (runId === undefined) return { items: [], nextCursor: null };
  const found = await db
    .select({
      id: chunks.id,
      ordinal: chunks.ordinal,
      text: chunks.text,
      headingPath: chunks.headingPath,
      firstPage: chunks.firstPage,
      lastPage: chunks.lastPage,
      tokens: chunks.tokens,
      contentHash: chunks.contentHash,
      vectorId: sql<string | null>`case when ${isIndexed} then ${chunks.id} end`,
      embedding: sql<ChunkView["embedding"]>`case when ${embeddings.contentHash} is null then null
        when ${embeddings.runId} = ${chunks.runId} then 'paid' else 'cached' end`,
    })
    .from(chunks)
    // The file is asked for again, since a cursor may come from another file's list.
    .innerJoin(runs, and(eq(runs.id, chunks.runId), eq(runs.fileId, input.fileId)))
    .leftJoin(
      embeddings,
      and(
        eq(embeddings.contentHash, chunks.contentHash),
        eq(embeddings.model, sql`${runs.settings} ->> 'embeddingModel'`),
      ),
    )
    .where(and(eq(chunks.runId, runId), gt(chunks.ordinal, after?.[1] ?? -1)))
    .orderBy(asc(chunks.ordinal))
    .limit(input.limit + 1);
  const { rows, last } = cutPage(found, input.limit);
  return {
    items: rows.map((row) => ({ ...row, headingPath: [...row.headingPath] })),
    nextCursor: last && formatCursor([runId, last.ordinal]),
  };
}

async function newestRunWithChunks(db: Db, fileId: string): Promise<string | undefined> {
  const any = db.select({ runId: chunks.runId }).from(chunks).where(eq(chunks.runId, runs.id));
  const [run] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.fileId, fileId), exists(any)))
    .orderBy(desc(runs.number))
    .limit(1);
  return run?.id;
}
