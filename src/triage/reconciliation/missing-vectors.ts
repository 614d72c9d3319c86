import { and, eq, inArray } from "drizzle-orm";
import { chunks } from "../../db/schema/content.ts";
import { files } from "../../db/schema/files.ts";
import type { ReconciliationContext } from "./context.ts";

/** A file that is done, with how many of its vectors the index lacks. */
export interface MissingVectors {
  readonly fileId: string;
  readonly runId: string;
  readonly missing: number;
  readonly chunks: number;
}

/**
 * Which done files of a project lack vectors. Read twice: what was requeued or done anew while the index was
 * asked is left out.
 */
export async function missingVectors(
  ctx: ReconciliationContext,
  namespace: string,
  fileIds: readonly string[],
): Promise<MissingVectors[]> {
  const rows = await chunksOf(ctx, fileIds);
  const present = await ctx.vector.present(
    namespace,
    rows.map(({ id }) => id),
  );
  const byFile = Map.groupBy(rows, ({ fileId }) => fileId);
  const lacking = [...byFile].flatMap(([fileId, of]): MissingVectors[] => {
    const missing = of.filter(({ id }) => !present.has(id)).length;
    const [first] = of;
    return missing === 0 || first === undefined
      ? []
      : [{ fileId, runId: first.runId, missing, chunks: of.length }];
  });
  if (lacking.length === 0) return [];
  const still = await doneRuns(
    ctx,
    lacking.map(({ fileId }) => fileId),
  );
  return lacking.filter(({ fileId, runId }) => still.get(fileId) === runId);
}

async function chunksOf({ db }: ReconciliationContext, fileIds: readonly string[]) {
  if (fileIds.length === 0) return [];
  return db
    .select({ id: chunks.id, fileId: files.id, runId: chunks.runId })
    .from(files)
    .innerJoin(chunks, eq(chunks.runId, files.currentRunId))
    .where(and(inArray(files.id, [...fileIds]), eq(files.status, "succeeded")));
}

async function doneRuns({ db }: ReconciliationContext, fileIds: readonly string[]) {
  const found = await db
    .select({ fileId: files.id, runId: files.currentRunId })
    .from(files)
    .where(and(inArray(files.id, [...fileIds]), eq(files.status, "succeeded")));
  return new Map(found.map(({ fileId, runId }) => [fileId, runId]));
}
