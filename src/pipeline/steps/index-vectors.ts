import { WaybillError } from "../../kernel/errors.ts";
import { meters } from "../../telemetry/names.ts";
import type { StepWork } from "../step-work.ts";
import { batchInputSchema } from "./batch-input.ts";
import { readChunks } from "./chunk-rows.ts";
import { readEmbeddings } from "./embedding-rows.ts";

/** Writes the vectors of one batch into the project's namespace of the index. */
export const index: StepWork = async (ctx, task) => {
  const { first, last } = batchInputSchema.parse(task.input);
  const { run } = task;
  const rows = await readChunks(ctx.db, run.runId, first, last);
  const vectors = await readEmbeddings(
    ctx.db,
    run.settings.embeddingModel,
    rows.map((row) => row.contentHash),
  );
  const records = rows.map((row) => {
    const vector = vectors.get(row.contentHash);
    if (vector === undefined)
      throw new WaybillError("internal_error", { internal: `no vector for chunk ${row.id}` });
    return {
      id: row.id,
      vector,
      metadata: {
        fileId: run.fileId,
        runId: run.runId,
        fileName: run.fileName,
        ordinal: row.ordinal,
        firstPage: row.firstPage,
        lastPage: row.lastPage,
        headingPath: row.headingPath,
      },
    };
  });
  const spent = { meter: meters.vectorWrites, provider: "upstash", model: "*", quantity: records.length };
  const call = await task.meter.begin([spent]);
  await call.make(() => ctx.vector.upsert(task.span, run.projectSlug, records));
  call.settle([spent]);
  return { kind: "done", result: { vectors: records.length } };
};
