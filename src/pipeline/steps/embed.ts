import { countRows } from "../../costs/count-rows.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import { attr, meters } from "../../telemetry/names.ts";
import type { PipelineContext } from "../context.ts";
import type { StepTask, StepWork } from "../step-work.ts";
import { batchInputSchema } from "./batch-input.ts";
import { readChunks } from "./chunk-rows.ts";
import { knownHashes, writeEmbeddings } from "./embedding-rows.ts";

/** Embeds the chunks of one batch whose text has no vector of this model yet. */
export const embed: StepWork = async (ctx, task) => {
  const { first, last } = batchInputSchema.parse(task.input);
  const model = task.run.settings.embeddingModel;
  const rows = await readChunks(ctx.db, task.run.runId, first, last);
  const byHash = new Map(rows.map((row) => [row.contentHash, row]));
  const known = await knownHashes(ctx.db, model, [...byHash.keys()]);
  const missing = [...byHash.values()].filter((row) => !known.has(row.contentHash));
  task.span.set({ [attr.cachedVectors]: rows.length - missing.length });
  const tokens = missing.length === 0 ? 0 : await buy(ctx, task, model, missing);
  return { kind: "done", result: { chunks: rows.length, cached: rows.length - missing.length, tokens } };
};

/**
 * Pays for vectors and keeps them at once, so that a crash before the commit need not pay again. What another
 * worker has paid for at the same moment was paid for twice, and is put down as such.
 */
async function buy(
  ctx: PipelineContext,
  task: StepTask,
  model: string,
  missing: readonly { contentHash: string; text: string; tokens: number }[],
): Promise<number> {
  const estimate = sumTokens(missing);
  const spent = { meter: meters.embeddingTokens, provider: model.split("/")[0] ?? model, model };
  const call = await task.meter.begin([{ ...spent, quantity: estimate }]);
  faultPoint("step.call-begun");
  const texts = missing.map((row) => row.text);
  const answer = await call.make(() => ctx.gateway.embed(task.span, { model, texts }));
  call.settle([{ ...spent, quantity: answer.tokens }]);
  faultPoint("step.called");
  const made = missing.map((row, at) => ({
    contentHash: row.contentHash,
    tokens: row.tokens,
    vector: answer.vectors[at] ?? [],
  }));
  const kept = await writeEmbeddings(ctx.db, { model, runId: task.run.runId }, made, ctx.clock.now());
  countRows(task.meter, kept.size);
  const twice = made.filter(({ contentHash }) => !kept.has(contentHash));
  if (twice.length > 0) {
    const tokens = Math.min(answer.tokens, sumTokens(twice));
    call.settle([
      { ...spent, quantity: answer.tokens - tokens },
      { ...spent, quantity: tokens, waste: "re-embedding" },
    ]);
  }
  return answer.tokens;
}

function sumTokens(rows: readonly { tokens: number }[]): number {
  return rows.reduce((sum, row) => sum + row.tokens, 0);
}
