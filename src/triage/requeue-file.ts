import { and, eq } from "drizzle-orm";
import type { Db } from "../db/client.ts";
import { files } from "../db/schema/files.ts";
import { steps } from "../db/schema/steps.ts";
import { dispatchSteps } from "../jobs/dispatch-steps.ts";
import { dropDeadLetters } from "../jobs/drop-dead-letters.ts";
import { endStanding } from "../jobs/failures/end-standing.ts";
import { publishQuietly } from "../jobs/publish-outbox.ts";
import { lastAttemptsOf, type RequeueTrace, recordRequeue } from "../jobs/requeue-spans.ts";
import { readyAgain, retireSteps, spendDeadLetters } from "../jobs/requeue-transitions.ts";
import { hasEnded, lockRun, type RunFacts } from "../jobs/run-facts.ts";
import { reopenRun, supersedeRun } from "../jobs/run-transitions.ts";
import { WaybillError } from "../kernel/errors.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { beginRun, runIdOf } from "../pipeline/files/begin-run.ts";
import { graphOf } from "../pipeline/next-work.ts";
import { findProject } from "../pipeline/projects/find-project.ts";
import { requestLog } from "../telemetry/request-log.ts";
import type { TriageContext } from "./context.ts";
import { findRequeue } from "./find-requeue.ts";
import { planRequeue, type RequeuePlan } from "./plan-requeue.ts";
import { type Actor, recordAudit } from "./record-audit.ts";
import type { Requeued } from "./requeued-view.ts";

/** Which file is to be done again, from where, and who says so. */
export interface RequeueInput {
  readonly fileId: string;
  /** `failed`, `start`, or the name of a step. */
  readonly from: string;
  readonly reason: string | null;
  /** The same key twice is one requeue. */
  readonly idempotencyKey: string | null;
  readonly actor: Actor;
}

/** The file's row as it is under the lock of its newest run. */
type FileRow = Awaited<ReturnType<typeof readFile>>;

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
  await publishQuietly(ctx, { runId: requeued.runId }, log);
  faultPoint("requeue.published");
  await dropDeadLetters({ ...ctx, log });
  return requeued;
}

async function requeue(
  ctx: TriageContext,
  tx: Db,
  input: RequeueInput,
): Promise<{ requeued: Requeued; trace: RequeueTrace | null }> {
  const before = await readFile(tx, input.fileId);
  const run = await lockRun(tx, before.latestRunId);
  const now = ctx.clock.now();
  const earlier = await findRequeue(tx, input);
  if (earlier !== undefined) return { requeued: earlier, trace: null };
  // Read again: what stood before the lock may have been requeued meanwhile.
  const file = await readFile(tx, input.fileId);
  if (run === undefined || file.latestRunId !== run.runId || !hasEnded(run))
    throw new WaybillError("file_in_progress", { details: { status: file.status } });
  const plan = await planOf(tx, run, input.from);
  const links = await lastAttemptsOf(tx, run, plan.cause);
  faultPoint("requeue.readied");
  await spendDeadLetters(tx, run.runId, now);
  const next =
    plan.kind === "start" ? await startAnew(ctx, tx, run, file, now) : await goOn(ctx, tx, run, plan, now);
  await endStanding(tx, [run.fileId]);
  faultPoint("requeue.queued");
  await audit(tx, input, { run, file, requeued: next.requeued }, now);
  faultPoint("requeue.audited");
  const endedAt = plan.kind === "start" ? null : file.finishedAt;
  return { requeued: next.requeued, trace: { ...next.trace, from: input.from, links, endedAt, at: now } };
}

async function readFile(tx: Db, fileId: string) {
  const [file] = await tx
    .select({
      status: files.status,
      latestRunId: files.latestRunId,
      runCount: files.runCount,
      failedStep: files.failedStep,
      errorCode: files.errorCode,
      finishedAt: files.finishedAt,
    })
    .from(files)
    .where(eq(files.id, fileId));
  if (file === undefined) throw new WaybillError("file_not_found", { details: { fileId } });
  return file;
}

async function planOf(
  tx: Db,
  run: RunFacts,
  from: string,
): Promise<RequeuePlan & { kind: "start" | "continue" }> {
  const found = await tx
    .select({ id: steps.id, name: steps.name, shard: steps.shard, state: steps.state })
    .from(steps)
    .where(and(eq(steps.runId, run.runId), eq(steps.retired, false)));
  // A step that was at work when another failed ends its attempt; until then it may still write.
  const atWork = found.find((step) => step.state === "running");
  if (atWork)
    throw new WaybillError("file_in_progress", { details: { step: atWork.name, shard: atWork.shard } });
  const plan = planRequeue(graphOf(run.graphVersion), { status: run.status, steps: found }, from);
  if (plan.kind === "refused") throw new WaybillError(plan.code, { details: { from } });
  return plan;
}

/** What became of a requeue: the answer, and where its spans belong. */
interface Next {
  readonly requeued: Requeued;
  readonly trace: Pick<RequeueTrace, "run" | "round">;
}

async function goOn(
  ctx: TriageContext,
  tx: Db,
  run: RunFacts,
  plan: RequeuePlan & { kind: "continue" },
  now: Date,
): Promise<Next> {
  const round = await reopenRun(tx, run, now);
  await readyAgain(tx, plan.ready, round);
  await retireSteps(tx, plan.retire, now);
  await dispatchSteps({ ...ctx, db: tx }, run, plan.queue, { now });
  const requeued = { runId: run.runId, run: run.runNumber, round, steps: plan.ready.length };
  return { requeued, trace: { run, round } };
}

async function startAnew(ctx: TriageContext, tx: Db, run: RunFacts, file: FileRow, now: Date): Promise<Next> {
  const project = await findProject({ db: tx }, run.projectSlug);
  const { fileId } = run;
  const number = file.runCount + 1;
  // First: a run that no budget has room for makes its file held.
  await supersedeRun(tx, { runId: runIdOf(fileId, number), fileId, number }, now);
  const { embedding } = ctx;
  const next = { fileId, bytes: run.bytes, number, project, embedding, createdAt: now };
  const begun = await beginRun({ ...ctx, db: tx }, next, now);
  const requeued = { runId: begun.runId, run: number, round: 1, steps: begun.steps };
  return { requeued, trace: { run: { ...run, ...begun, runNumber: number }, round: 1 } };
}

async function audit(
  tx: Db,
  { fileId, from, reason, idempotencyKey, actor }: RequeueInput,
  change: { run: RunFacts; file: FileRow; requeued: Requeued },
  now: Date,
): Promise<void> {
  const { run, file, requeued } = change;
  const { status, failedStep, errorCode } = file;
  const finishedAt = file.finishedAt?.toISOString() ?? null;
  const place = { runId: run.runId, run: run.runNumber, round: run.round };
  const before = { ...place, status, failedStep, errorCode, finishedAt };
  const after = { ...requeued, status: "queued" };
  const request = { from };
  await recordAudit(
    tx,
    { action: "file.requeue", fileId, actor, reason, idempotencyKey, request, before, after },
    now,
  );
}
