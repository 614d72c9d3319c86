import { eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { dropDeadLetters } from "../jobs/drop-dead-letters.ts";
import { publishQuietly } from "../jobs/publish-outbox.ts";
import { type RequeueTrace, recordRequeue } from "../jobs/requeue-spans.ts";
import { lockRun, type RunFacts } from "../jobs/run-facts.ts";
import { WaybillError } from "../kernel/errors.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { requestLog } from "../telemetry/request-log.ts";
import type { TriageContext } from "./context.ts";
import { findRequeue } from "./find-requeue.ts";
import { type Change, recordAudit } from "./record-audit.ts";
import type { RequeueInput } from "./requeue-input.ts";
import { type RequeuedFile, requeueRuns } from "./requeue-runs.ts";
import type { Requeued } from "./requeued-view.ts";

/**
 * Does a file again: from what failed or from a named step in the same run, which then begins its next round,
 * or from the start in a new run. The change, its audit entry and the messages to send are one transaction
 * under the lock of the file's newest run, so of two requeues at once one is refused.
 * @throws WaybillError file_not_found, file_in_progress, nothing_failed, step_unknown, step_not_reached,
 * idempotency_key_reused; a QStash that does not answer is no error, the tick goes on
 */
export async function requeueFile(ctx: TriageContext, input: RequeueInput): Promise<Requeued> {
  const log = requestLog(ctx.log);
  const { requeued, trace } = await ctx.db.transaction((tx) => requeue(ctx, tx, input));
  faultPoint("requeue.committed");
  if (trace === null) return requeued;
  recordRequeue(ctx.telemetry.tracer, trace);
  await publishQuietly(ctx, { runIds: [requeued.runId] }, log);
  faultPoint("requeue.published");
  await dropDeadLetters({ ...ctx, log });
  return requeued;
}

async function requeue(
  ctx: TriageContext,
  tx: Db,
  input: RequeueInput,
): Promise<{ requeued: Requeued; trace: RequeueTrace | null }> {
  const run = await lockRun(tx, await newestRunOf(tx, input.fileId));
  const now = ctx.clock.now();
  const earlier = await findRequeue(tx, input);
  if (earlier !== undefined) return { requeued: earlier, trace: null };
  if (run === undefined) throw new WaybillError("file_in_progress", { details: { fileId: input.fileId } });
  const done = (await requeueRuns(ctx, tx, [run], { from: input.from, now })).get(run.runId);
  if (done === undefined) throw new TypeError(`Nothing became of run ${run.runId}.`);
  if (done.kind === "refused") throw done.error;
  const { requeued, file, trace } = done;
  await recordAudit(tx, requeueChange(input, { run, file, requeued }), now);
  faultPoint("requeue.audited");
  return { requeued, trace };
}

async function newestRunOf(tx: Db, fileId: string): Promise<string> {
  const [file] = await tx.select({ runId: files.latestRunId }).from(files).where(eq(files.id, fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId } });
  return file.runId;
}

/** What the audit log says of a file that is done again. */
export function requeueChange(
  { fileId, from, reason, idempotencyKey, actor }: RequeueInput,
  change: { run: RunFacts; file: RequeuedFile; requeued: Requeued },
  /** The requeue of many files that it belongs to. */
  requeueId?: string,
): Change {
  const { run, file, requeued } = change;
  const { status, failedStep, errorCode } = file;
  const finishedAt = file.finishedAt?.toISOString() ?? null;
  const place = { runId: run.runId, run: run.runNumber, round: run.round };
  const before = { ...place, status, failedStep, errorCode, finishedAt };
  const after = { ...requeued, status: "queued" };
  const request = { from, ...(requeueId === undefined ? {} : { requeueId }) };
  return { action: "file.requeue", fileId, actor, reason, idempotencyKey, request, before, after };
}
