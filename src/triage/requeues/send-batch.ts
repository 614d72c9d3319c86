import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import type { Exclusion } from "../../db/requeue-states.ts";
import { files } from "../../db/schema/files.ts";
import { requeueFiles } from "../../db/schema/requeues.ts";
import { dropDeadLetters } from "../../jobs/drop-dead-letters.ts";
import { publishQuietly } from "../../jobs/publish-outbox.ts";
import { type RequeueTrace, recordRequeue } from "../../jobs/requeue-spans.ts";
import { lockRuns, type RunFacts } from "../../jobs/run-facts.ts";
import type { ErrorCode } from "../../kernel/error-codes.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import type { PlanRequest } from "../plans/plan-view.ts";
import { readRequest } from "../plans/read-request.ts";
import { type Change, recordAudits } from "../record-audit.ts";
import { requeueChange } from "../requeue-file.ts";
import { requeueRuns } from "../requeue-runs.ts";
import type { RequeueContext } from "./context.ts";
import { countVectors } from "./count-vectors.ts";
import { lockRequeue, type RequeueRow, readRequeue } from "./lock-requeue.ts";

/** Most files that one transaction requeues. */
const batchSize = 100;

/** For how long a slow pace sends ahead in one turn, in s. */
const aheadSec = 10;

type FileRow = typeof requeueFiles.$inferSelect;

/** What a batch wrote of one file. */
interface Written {
  readonly place: number;
  readonly outcome: "sent" | "skipped";
  readonly skipped: Exclusion | null;
  readonly run_id: string | null;
  readonly round: number | null;
  readonly cost: string | null;
  readonly vectors: number | null;
}

/**
 * Sends the next files of a requeue: the change of all of them, their audit entries, the messages to send and what
 * became of each are one transaction under the requeue's lock, so that a turn that is delivered twice, or a requeue
 * that is cancelled meanwhile, does none of them twice. A file that somebody else requeued since the plan is skipped.
 * @returns when the next batch may go, as far as the plan sets a pace
 */
export async function sendBatch(
  ctx: RequeueContext,
  { requeueId, turn }: { requeueId: string; turn: number },
): Promise<{ nextAt: Date | null }> {
  const ahead = await lookAhead(ctx, requeueId);
  const done = await ctx.db.transaction(async (tx) => {
    const requeue = await lockRequeue(tx, requeueId);
    if (requeue.turn !== turn || (requeue.state !== "canary" && requeue.state !== "running")) return null;
    return requeueNext(ctx, tx, requeue, ahead);
  });
  faultPoint("turn.committed");
  if (done === null) return { nextAt: null };
  for (const trace of done.traces) recordRequeue(ctx.telemetry.tracer, trace);
  await publishQuietly(ctx, { runIds: done.traces.map(({ run }) => run.runId) });
  faultPoint("turn.published");
  await dropDeadLetters(ctx);
  return { nextAt: done.nextAt };
}

async function requeueNext(ctx: RequeueContext, tx: Db, requeue: RequeueRow, { request, vectors }: Ahead) {
  const { perMinute } = request.options;
  const pending = await nextFiles(tx, requeue, request);
  const now = ctx.clock.now();
  const { written, traces, changes } = await requeuePending(ctx, tx, requeue, {
    request,
    pending,
    vectors,
    now,
  });
  await recordAudits(tx, changes, now);
  await write(tx, requeue.id, written, now);
  faultPoint("turn.batched");
  const sent = written.filter(({ outcome }) => outcome === "sent").length;
  const nextAt = perMinute === null ? null : new Date(now.getTime() + (sent * 60_000) / perMinute);
  return { traces, nextAt: sent === 0 ? null : nextAt };
}

function sizeOf({ options: { perMinute } }: PlanRequest): number {
  if (perMinute === null) return batchSize;
  return Math.min(batchSize, Math.max(1, Math.floor((perMinute * aheadSec) / 60)));
}

async function requeuePending(
  ctx: RequeueContext,
  tx: Db,
  requeue: RequeueRow,
  batch: {
    request: PlanRequest;
    pending: readonly FileRow[];
    vectors: ReadonlyMap<string, number>;
    now: Date;
  },
): Promise<{ written: Written[]; traces: RequeueTrace[]; changes: Change[] }> {
  const { pending, now } = batch;
  const from = batch.request.graph === "current" ? "start" : batch.request.from;
  const runs = await lockNewest(tx, pending);
  const unchanged = pending.flatMap((row) => {
    const run = runs.get(row.fileId);
    return run?.runId === row.plannedRunId && run.round === row.plannedRound ? [run] : [];
  });
  const results = await requeueRuns(ctx, tx, unchanged, { from, now });
  const traces: RequeueTrace[] = [];
  const changes: Change[] = [];
  const actor = actorOf(requeue);
  const written = pending.map((row): Written => {
    const run = runs.get(row.fileId);
    if (run === undefined) return skip(row, "gone");
    const result = results.get(run.runId);
    if (result === undefined) return skip(row, "in-other-requeue");
    if (result.kind === "refused") return skip(row, exclusionOf(result.error.code));
    const { file, requeued, trace } = result;
    traces.push(trace);
    const input = { fileId: row.fileId, from, reason: requeue.reason, idempotencyKey: null, actor };
    changes.push(requeueChange(input, { run, file, requeued }, requeue.id));
    return {
      place: row.place,
      outcome: "sent",
      skipped: null,
      run_id: requeued.runId,
      round: requeued.round,
      cost: file.costNanoUsd.toString(),
      vectors: batch.vectors.get(row.fileId) ?? null,
    };
  });
  return { written, traces, changes };
}

function nextFiles(tx: Db, { id, state }: RequeueRow, request: PlanRequest) {
  const pending = and(eq(requeueFiles.requeueId, id), eq(requeueFiles.outcome, "pending"));
  return tx
    .select()
    .from(requeueFiles)
    .where(state === "canary" ? and(pending, eq(requeueFiles.canary, true)) : pending)
    .orderBy(asc(requeueFiles.place))
    .limit(sizeOf(request));
}

/** The newest runs of the files, under their locks, by file. */
async function lockNewest(tx: Db, pending: readonly FileRow[]): Promise<Map<string, RunFacts>> {
  const newest = await tx
    .select({ runId: files.latestRunId })
    .from(files)
    .where(
      inArray(
        files.id,
        pending.map(({ fileId }) => fileId),
      ),
    );
  const runs = await lockRuns(
    tx,
    newest.map(({ runId }) => runId),
  );
  return new Map(runs.map((run) => [run.fileId, run]));
}

/** What a batch needs that no lock is held for. */
interface Ahead {
  readonly request: PlanRequest;
  /** How many vectors the files that come next have now; none when the index did not say. */
  readonly vectors: ReadonlyMap<string, number>;
}

async function lookAhead(ctx: RequeueContext, requeueId: string): Promise<Ahead> {
  const requeue = await readRequeue(ctx.db, requeueId);
  const request = await readRequest(ctx.db, requeue.planId);
  const pending = await nextFiles(ctx.db, requeue, request);
  return { request, vectors: await vectorsOf(ctx, requeueId, pending) };
}

async function vectorsOf(
  ctx: RequeueContext,
  requeueId: string,
  pending: readonly FileRow[],
): Promise<ReadonlyMap<string, number>> {
  try {
    return await countVectors(
      ctx,
      pending.map(({ fileId }) => fileId),
    );
  } catch (error) {
    // A requeue may be what mends the index: it goes on, and its receipt says that this is not known.
    ctx.log.warn({ err: error, requeueId }, "the index did not say how many vectors there were");
    return new Map();
  }
}

function skip({ place }: FileRow, skipped: Exclusion): Written {
  return { place, outcome: "skipped", skipped, run_id: null, round: null, cost: null, vectors: null };
}

const exclusionByCode: Partial<Record<ErrorCode, Exclusion>> = {
  file_in_progress: "running",
  nothing_failed: "nothing-failed",
  step_unknown: "step-not-reached",
  step_not_reached: "step-not-reached",
};

function exclusionOf(code: ErrorCode): Exclusion {
  const exclusion = exclusionByCode[code];
  if (exclusion === undefined) throw new TypeError(`A run was refused as ${code}, which no requeue knows.`);
  return exclusion;
}

function actorOf({ keyId, keyName }: RequeueRow): Change["actor"] {
  return { keyId, keyName, via: "key", userAgent: null, addressHash: null };
}

async function write(tx: Db, requeueId: string, written: readonly Written[], now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    update requeue_files own set outcome = done.outcome, skipped = done.skipped, run_id = done.run_id, round = done.round,
      cost_before_nano_usd = done.cost, vectors_before = done.vectors,
      sent_at = case when done.outcome = 'sent' then ${at} end, finished_at = case when done.outcome = 'skipped' then ${at} end
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as done(place int, outcome text, skipped text, run_id text,
      round int, cost bigint, vectors int)
    where own.requeue_id = ${requeueId} and own.place = done.place`);
}
