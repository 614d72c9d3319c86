import { eq } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { WaybillError } from "../../kernel/errors.ts";
import { deriveId } from "../../kernel/ids.ts";
import { type Chunk, defaultChunkSettings } from "../chunking/chunk.ts";
import { chunkDocument } from "../chunking/chunk-document.ts";
import type { StepWork } from "../step-work.ts";
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
  const batches = batchesOf(rows.length);
  const tokens = rows.reduce((sum, row) => sum + row.tokens, 0);
  return {
    kind: "done",
    result: { chunks: rows.length, tokens, batches: batches.length },
    plan: { embed: batches, index: batches },
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

function batchesOf(count: number): { first: number; last: number }[] {
  return Array.from({ length: Math.ceil(count / chunksPerBatch) }, (_, at) => ({
    first: at * chunksPerBatch,
    last: Math.min(count, (at + 1) * chunksPerBatch) - 1,
  }));
}
