import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { chunks } from "../../db/schema/content.ts";
import type { Chunk } from "../chunking/chunk.ts";
import { onlyPage } from "./page-rows.ts";

/** A chunk with its id. */
export interface ChunkRow extends Chunk {
  readonly id: string;
}

/**
 * Keeps a run's chunks, in one statement; a replay writes the same rows. Those of an earlier round make room,
 * and their ids are kept until finalize has removed the vectors of what is no longer there.
 */
export async function writeChunks(tx: Db, runId: string, rows: readonly ChunkRow[]): Promise<void> {
  const values = rows.map((row) => ({
    id: row.id,
    ordinal: row.ordinal,
    text: row.text,
    content_hash: row.contentHash,
    heading_path: row.headingPath,
    first_page: row.firstPage ?? onlyPage,
    last_page: row.lastPage ?? onlyPage,
    tokens: row.tokens,
  }));
  await tx.execute(sql`
    with earlier as (delete from chunks where run_id = ${runId} returning id)
    insert into replaced_chunks (run_id, id) select distinct ${runId}, id from earlier on conflict do nothing`);
  await tx.execute(sql`
    insert into chunks (id, run_id, ordinal, text, content_hash, heading_path, first_page, last_page, tokens)
    select id, ${runId}, ordinal, text, content_hash, heading_path, first_page, last_page, tokens
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as made(
      id text, ordinal int, text text, content_hash text, heading_path jsonb, first_page int, last_page int, tokens int)`);
}

/** The chunks of a run from one ordinal to another, both included. */
export function readChunks(db: Db, runId: string, first: number, last: number) {
  return db
    .select()
    .from(chunks)
    .where(and(eq(chunks.runId, runId), gte(chunks.ordinal, first), lte(chunks.ordinal, last)))
    .orderBy(asc(chunks.ordinal));
}
