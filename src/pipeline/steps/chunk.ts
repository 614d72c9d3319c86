import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { countRows } from "../../costs/count-rows.ts";
import type { Spent } from "../../costs/ledger/record-entries.ts";
import type { Db } from "../../db/client.ts";
import { files } from "../../db/schema/files.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { deriveId } from "../../kernel/ids.ts";
import { meters } from "../../telemetry/names.ts";
import { type Chunk, defaultChunkSettings } from "../chunking/chunk.ts";
import { chunkDocument } from "../chunking/chunk-document.ts";
import type { StepTask, StepWork } from "../step-work.ts";
import { type ChunkRow, writeChunks } from "./chunk-rows.ts";
import { readPages } from "./page-rows.ts";

/** How many chunks one embed step and one index step take. */
const chunksPerBatch = 256;

/** Cuts the extracted text into chunks and plans the batches to embed and index. */
export const chunk: StepWork = async (ctx, task) => {
  const pages = await readPages(ctx.db, task.run.runId);
  const { chunkMaxTokens, chunkOverlapTokens } = task.run.settings;
  const settings = { ...defaultChunkSettings, maxTokens: chunkMaxTokens, overlapTokens: chunkOverlapTokens };
  const made = chunkDocument(pages, settings);
  if (made.length === 0) return { kind: "reject", error: new WaybillError("document_without_text") };
  const rows = withIds(task.run.fileId, made);
  countRows(task.meter, rows.length);
  const batches = batchesOf(rows.length);
  const tokens = rows.reduce((sum, row) => sum + row.tokens, 0);
  return {
    kind: "done",
    result: { chunks: rows.length, tokens, batches: batches.length },
    plan: { embed: batches, index: batches },
    estimates: {
      embed: batches.map((batch) => [tokensOf(task.run.settings.embeddingModel, rows, batch)]),
      index: batches.map(({ first, last }) => [vectorWrites(last - first + 1)]),
      finalize: [[vectorWrites(await countReplaceable(ctx.db, task.run))]],
    },
    write: async (tx) => {
      await writeChunks(tx, task.run.runId, rows);
      await tx.update(files).set({ chunkCount: rows.length }).where(eq(files.id, task.run.fileId));
    },
  };
};

/** The id comes from the file, the content and which occurrence of that content it is. */
function withIds(fileId: string, made: readonly Chunk[]): ChunkRow[] {
  const seen = new Map<string, number>();
  return made.map((item) => {
    const occurrence = seen.get(item.contentHash) ?? 0;
    seen.set(item.contentHash, occurrence + 1);
    return { ...item, id: deriveId("chunk", fileId, item.contentHash, occurrence) };
  });
}

/** What a batch costs to embed when none of its text has a vector yet. */
function tokensOf(model: string, rows: readonly ChunkRow[], batch: { first: number; last: number }): Spent {
  const texts = new Map(rows.slice(batch.first, batch.last + 1).map((row) => [row.contentHash, row.tokens]));
  const quantity = [...texts.values()].reduce((sum, tokens) => sum + tokens, 0);
  return { meter: meters.embeddingTokens, provider: model.split("/")[0] ?? model, model, quantity };
}

function vectorWrites(quantity: number): Spent {
  return { meter: meters.vectorWrites, provider: "upstash", model: "*", quantity };
}

/** How many vectors finalize removes at most: those of all that the file had before. */
async function countReplaceable(db: Db, { fileId }: StepTask["run"]): Promise<number> {
  const counted = await db.execute(sql`
    select (select count(*) from chunks join runs on runs.id = chunks.run_id where runs.file_id = ${fileId})
         + (select count(*) from replaced_chunks join runs on runs.id = replaced_chunks.run_id
            where runs.file_id = ${fileId}) as vectors`);
  return z.array(z.object({ vectors: z.coerce.number() })).parse(counted.rows)[0]?.vectors ?? 0;
}

function batchesOf(count: number): { first: number; last: number }[] {
  return Array.from({ length: Math.ceil(count / chunksPerBatch) }, (_, at) => ({
    first: at * chunksPerBatch,
    last: Math.min(count, (at + 1) * chunksPerBatch) - 1,
  }));
}
