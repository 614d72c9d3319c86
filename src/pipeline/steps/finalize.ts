import { sql } from "drizzle-orm";
import { z } from "zod";
import { meters } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import type { StepTask, StepWork } from "../step-work.ts";

/**
 * Makes the run the file's current one. Vectors of chunks that older runs had and this one has not leave the
 * index; the commit marks run and file as succeeded and closes the trace.
 */
export const finalize: StepWork = async (ctx, task) => {
  const stale = await staleChunks(ctx, task);
  if (stale.length > 0) {
    const spent = { meter: meters.vectorWrites, provider: "upstash", model: "*", quantity: stale.length };
    const call = await task.meter.reserve(spent);
    await ctx.vector.remove(task.span, task.run.projectSlug, stale);
    task.meter.settle(call, spent);
  }
  return { kind: "done", result: { removedVectors: stale.length } };
};

async function staleChunks(ctx: PipelineContext, task: StepTask): Promise<string[]> {
  const { fileId, runId } = task.run;
  const result = await ctx.db.execute(sql`
    select distinct old.id from chunks old
    join runs on runs.id = old.run_id and runs.file_id = ${fileId} and runs.id <> ${runId}
    where not exists (select 1 from chunks kept where kept.run_id = ${runId} and kept.id = old.id)
    order by old.id`);
  return z
    .array(z.object({ id: z.string() }))
    .parse(result.rows)
    .map((row) => row.id);
}
