import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { meters } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import type { StepTask, StepWork } from "../step-work.ts";

/**
 * Makes the run the file's current one. Vectors of chunks that older runs, or earlier rounds of this one, had
 * and that it has no more leave the index, and the commit forgets those chunks: none is removed, and paid for,
 * twice. The commit marks run and file as succeeded and closes the trace.
 */
export const finalize: StepWork = async (ctx, task) => {
  const stale = await staleChunks(ctx, task);
  if (stale.length > 0) {
    const spent = { meter: meters.vectorWrites, provider: "upstash", model: "*", quantity: stale.length };
    const call = await task.meter.begin([spent]);
    await call.make(() => ctx.vector.remove(task.span, task.run.projectSlug, stale));
    call.settle([spent]);
  }
  return {
    kind: "done",
    result: { removedVectors: stale.length },
    write: (tx) => forgetOthers(tx, task.run),
  };
};

async function staleChunks(ctx: PipelineContext, task: StepTask): Promise<string[]> {
  const { fileId, runId } = task.run;
  const result = await ctx.db.execute(sql`
    select old.id from (
      select chunks.id from chunks
      join runs on runs.id = chunks.run_id and runs.file_id = ${fileId} and runs.id <> ${runId}
      union
      select replaced_chunks.id from replaced_chunks
      join runs on runs.id = replaced_chunks.run_id and runs.file_id = ${fileId}
    ) old
    where not exists (select 1 from chunks kept where kept.run_id = ${runId} and kept.id = old.id)
    order by old.id`);
  return z
    .array(z.object({ id: z.string() }))
    .parse(result.rows)
    .map((row) => row.id);
}

async function forgetOthers(tx: Db, { fileId, runId }: StepTask["run"]): Promise<void> {
  await tx.execute(sql`delete from chunks using runs
    where runs.id = chunks.run_id and runs.file_id = ${fileId} and runs.id <> ${runId}`);
  await tx.execute(sql`delete from replaced_chunks using runs
    where runs.id = replaced_chunks.run_id and runs.file_id = ${fileId}`);
}
