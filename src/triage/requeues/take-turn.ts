import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recordSpending } from "../../costs/ledger/record-spending.ts";
import type { Exclusion } from "../../db/requeue-states.ts";
import { files } from "../../db/schema/files.ts";
import { requeueFiles, requeuePlans, requeues } from "../../db/schema/requeues.ts";
import { runs } from "../../db/schema/runs.ts";
import { scheduledEntry } from "../../jobs/delivery-entry.ts";
import { inJobSpan } from "../../jobs/in-job-span.ts";
import type { Delivery, JobAnswer } from "../../jobs/receive.ts";
import { toWaybillError } from "../../kernel/errors.ts";
import type { TriageContext } from "../context.ts";
import { findRequeue } from "../find-requeue.ts";
import { planRequestSchema } from "../plans/plan-view.ts";
import { requeueFile } from "../requeue-file.ts";
import type { Requeued } from "../requeued-view.ts";
import { sendTurn } from "./send-turn.ts";

/** The body of the message for a turn of a requeue. */
export const turnMessageSchema = z.object({ v: z.literal(1), requeueId: z.string(), turn: z.number().int() });

/** How many files one turn requeues, and how long it waits when all are on their way, in ms. */
const filesAtOnce = 50;
const waitMs = 2_000;

/**
 * One turn of a requeue: requeues the next files, each in its own transaction and under a key of its own, so that
 * a turn that is delivered again does none of them twice; then notes what became of those that were sent.
 */
export function takeTurn(
  ctx: TriageContext,
  message: z.output<typeof turnMessageSchema>,
  delivery: Delivery,
): Promise<JobAnswer> {
  return inJobSpan(ctx, "requeue", delivery, async () => {
    await recordSpending(ctx, [scheduledEntry("requeue", delivery, ctx.clock.now())]);
    const { requeueId, turn } = message;
    const [requeue] = await ctx.db.select().from(requeues).where(eq(requeues.id, requeueId));
    if (requeue?.dueAt == null) return { kind: "done" };
    if (requeue.turn === turn) {
      if (requeue.startsAt <= ctx.clock.now()) await sendFiles(ctx, requeue);
      await settle(ctx, requeueId);
      await endTurn(ctx, requeue);
    }
    await sendTurn(ctx, requeueId);
    return { kind: "done" };
  });
}

type RequeueRow = typeof requeues.$inferSelect;

async function sendFiles(ctx: TriageContext, requeue: RequeueRow): Promise<void> {
  const { id, planId, keyId, keyName } = requeue;
  await ctx.db
    .update(requeues)
    .set({ state: "running" })
    .where(and(eq(requeues.id, id), eq(requeues.state, "scheduled")));
  const [plan] = await ctx.db.select().from(requeuePlans).where(eq(requeuePlans.id, planId));
  const request = planRequestSchema.parse(plan?.request);
  const from = request.graph === "current" ? "start" : request.from;
  const actor = { keyId, keyName, via: "key", userAgent: null, addressHash: null } as const;
  const pending = await ctx.db
    .select()
    .from(requeueFiles)
    .where(and(eq(requeueFiles.requeueId, id), eq(requeueFiles.outcome, "pending")))
    .orderBy(asc(requeueFiles.place))
    .limit(filesAtOnce);
  for (const row of pending) {
    const [open] = await ctx.db
      .select({ id: requeues.id })
      .from(requeues)
      .where(and(eq(requeues.id, id), isNotNull(requeues.dueAt)));
    if (open === undefined) return;
    const idempotencyKey = `${id}:${row.fileId}`;
    const input = { fileId: row.fileId, from, reason: requeue.reason, idempotencyKey, actor };
    const done = await tryFile(ctx, row, input);
    const now = ctx.clock.now();
    await ctx.db
      .update(requeueFiles)
      .set(
        "skipped" in done
          ? { outcome: "skipped", skipped: done.skipped, finishedAt: now }
          : { outcome: "sent", skipped: null, ...done, sentAt: now },
      )
      .where(
        and(
          eq(requeueFiles.requeueId, id),
          eq(requeueFiles.place, row.place),
          inArray(requeueFiles.outcome, ["pending", "skipped"]),
        ),
      );
  }
}

async function tryFile(
  ctx: TriageContext,
  row: typeof requeueFiles.$inferSelect,
  input: Parameters<typeof requeueFile>[1],
): Promise<{ skipped: Exclusion } | { runId: string; round: number; costBeforeNanoUsd: bigint }> {
  const [file] = await ctx.db
    .select({ runId: runs.id, round: runs.round, cost: files.costNanoUsd })
    .from(files)
    .innerJoin(runs, eq(runs.id, files.latestRunId))
    .where(eq(files.id, row.fileId));
  if (file === undefined) return { skipped: "gone" };
  try {
    // A turn before this one may have died between the requeue and its note.
    const earlier: Requeued | undefined = await findRequeue(ctx.db, input);
    if (earlier === undefined && (file.runId !== row.plannedRunId || file.round !== row.plannedRound))
      return { skipped: "in-other-requeue" };
    const { runId, round } = earlier ?? (await requeueFile(ctx, input));
    return { runId, round, costBeforeNanoUsd: file.cost };
  } catch (thrown) {
    const skipped = skippedBy(toWaybillError(thrown).code);
    if (skipped === undefined) throw thrown;
    return { skipped };
  }
}

function skippedBy(code: string): Exclusion | undefined {
  switch (code) {
    case "file_in_progress":
      return "running";
    case "nothing_failed":
      return "nothing-failed";
    case "step_unknown":
    case "step_not_reached":
      return "step-not-reached";
    case "file_not_found":
      return "gone";
    default:
      return undefined;
  }
}

/** Notes the outcomes of the files whose runs have ended since, and which wait for money. */
async function settle({ db }: TriageContext, requeueId: string): Promise<void> {
  await db.execute(sql`
    update requeue_files own
    set outcome = case when runs.round > own.round then 'failed' when runs.finished_at is not null then runs.status
                       when runs.status = 'held' then 'held' else 'sent' end,
        finished_at = case when runs.round > own.round then now() else runs.finished_at end,
        failed_step = failed.name, error_code = failed.error_code, error_message = failed.error_message
    from runs left join lateral (select name, error_code, error_message from steps
      where steps.run_id = runs.id and state = 'failed' order by finished_at limit 1) failed on true
    where own.requeue_id = ${requeueId} and own.outcome in ('sent', 'held') and runs.id = own.run_id
      and runs.status <> 'cancelled'`);
}

async function endTurn({ db, clock }: TriageContext, requeue: RequeueRow): Promise<void> {
  const { id, turn, startsAt } = requeue;
  const now = clock.now();
  const { rows } = await db.execute(sql`
    select count(*) filter (where outcome = 'pending')::int as pending, count(*) filter (where outcome in ('sent', 'held'))::int as sent
    from requeue_files where requeue_id = ${id}`);
  const [{ pending, sent }] = z.tuple([z.object({ pending: z.number(), sent: z.number() })]).parse(rows);
  const next =
    pending + sent === 0
      ? { state: "done" as const, finishedAt: now, dueAt: null }
      : { dueAt: startsAt > now ? startsAt : pending > 0 ? now : new Date(now.getTime() + waitMs) };
  await db
    .update(requeues)
    .set({ ...next, turn: turn + 1 })
    .where(and(eq(requeues.id, id), eq(requeues.turn, turn), isNotNull(requeues.dueAt)));
}
