import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { files } from "../db/schema/files.ts";
import { outbox } from "../db/schema/outbox.ts";
import { projects } from "../db/schema/projects.ts";
import { runs } from "../db/schema/runs.ts";
import { steps } from "../db/schema/steps.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import type { JobMessage } from "../providers/qstash.ts";
import { attr, spanNames } from "../telemetry/names.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import type { SpanScope } from "../telemetry/span-scope.ts";
import type { JobsContext } from "./context.ts";
import { deduplicationId, type StepMessage } from "./message.ts";
import { runAttributes } from "./run-spans.ts";

/** How many messages go to QStash in one call. */
const batchSize = 100;

/** How long QStash waits for an answer, in s: longer than any delivery may go on in place. */
const deliveryTimeoutSec = 290;

/** What is sent: the messages of these runs; all that are due when it is left out. */
interface PublishScope {
  readonly runIds?: readonly string[];
}

/**
 * Sends what commits decided to send and confirms it. Called after a commit for its runs, and by the tick for
 * everything: sending twice is harmless, since the deduplication id names the dispatch.
 * @returns how many messages were confirmed
 * @throws WaybillError provider_* when QStash does not take them; they stay due
 */
async function publishOutbox(ctx: JobsContext, scope: PublishScope): Promise<number> {
  let confirmed = 0;
  for (;;) {
    const due = await dueRows(ctx, scope.runIds);
    if (due.length === 0) return confirmed;
    const sent = await send(ctx, due);
    confirmed += sent;
    if (sent < due.length || due.length < batchSize) return confirmed;
  }
}

/**
 * The same, where a QStash that does not answer is no fault: what was not sent is due at the next tick.
 * @param log that of the attempt whose commit decided to send
 */
export async function publishQuietly(
  ctx: JobsContext,
  scope: PublishScope,
  log: JobLog = ctx.log,
): Promise<number> {
  try {
    return await publishOutbox(ctx, scope);
  } catch (error) {
    log.warn({ err: error, ...scope }, "messages could not be sent; the tick sends them");
    return 0;
  }
}

type DueRow = Awaited<ReturnType<typeof dueRows>>[number];

async function dueRows(ctx: JobsContext, runIds: PublishScope["runIds"]) {
  return ctx.db
    .select({
      outboxId: outbox.id,
      stepId: steps.id,
      runId: steps.runId,
      runNumber: runs.number,
      graphVersion: runs.graphVersion,
      round: runs.round,
      projectSlug: projects.slug,
      fileId: runs.fileId,
      step: steps.name,
      shard: steps.shard,
      maxAttempts: steps.maxAttempts,
      flowKey: steps.flowKey,
      dispatch: outbox.dispatch,
      deliverAfter: outbox.deliverAfter,
      traceId: runs.traceId,
      rootSpanId: runs.rootSpanId,
    })
    .from(outbox)
    .innerJoin(
      steps,
      and(eq(steps.id, outbox.stepId), eq(steps.dispatch, outbox.dispatch), eq(steps.state, "queued")),
    )
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(
      and(
        isNull(outbox.publishedAt),
        lte(outbox.publishAfter, ctx.clock.now()),
        runIds === undefined ? undefined : inArray(steps.runId, [...runIds]),
      ),
    )
    .orderBy(asc(outbox.publishAfter), asc(outbox.id))
    .limit(batchSize);
}

async function send(ctx: JobsContext, rows: readonly DueRow[]): Promise<number> {
  const spans = rows.map((row) => openSendSpan(ctx, row));
  try {
    faultPoint("publish.before");
    const answers = await ctx.queue.publish(rows.map((row, at) => toMessage(ctx, row, spans[at])));
    faultPoint("publish.sent");
    const sent = rows.flatMap((row, at) => {
      const answer = answers[at];
      spans[at]?.set({ [attr.messageId]: answer?.messageId ?? "" });
      if (!answer) refuse(spans[at]);
      return answer ? [{ id: row.outboxId, message_id: answer.messageId }] : [];
    });
    await confirm(ctx, sent);
    faultPoint("publish.confirmed");
    return sent.length;
  } catch (error) {
    for (const span of spans) span.fail("provider_unavailable");
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

function refuse(span: SpanScope | undefined): void {
  span?.log.error({}, "QStash refused a message");
  span?.fail("provider_refused");
}

async function confirm(ctx: JobsContext, sent: readonly { id: string; message_id: string }[]): Promise<void> {
  await ctx.db.execute(sql`
    update outbox set published_at = ${ctx.clock.now().toISOString()}::timestamptz, message_id = sent.message_id
    from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as sent(id text, message_id text)
    where outbox.id = sent.id`);
}

function openSendSpan(ctx: JobsContext, row: DueRow): SpanScope {
  return ctx.telemetry.tracer.start(
    spanNames.send,
    { traceId: row.traceId, parentSpanId: row.rootSpanId },
    {
      kind: "producer",
      attributes: {
        [attr.messagingSystem]: "qstash",
        [attr.messagingOperation]: "send",
        [attr.messagingOperationType]: "send",
        [attr.messagingDestination]: "/api/jobs/ingest-file",
        ...runAttributes(row),
        [attr.round]: row.round,
        [attr.deployment]: ctx.deployment,
        [attr.step]: row.step,
        [attr.stepId]: row.stepId,
        [attr.shard]: row.shard,
      },
    },
  );
}

function toMessage(ctx: JobsContext, row: DueRow, sender: SpanScope | undefined): JobMessage {
  const body: StepMessage = { v: 1, runId: row.runId, stepId: row.stepId, dispatch: row.dispatch };
  return {
    path: "/api/jobs/ingest-file",
    body,
    deduplicationId: deduplicationId(row.stepId, row.dispatch),
    retries: row.maxAttempts - 1,
    timeoutSec: deliveryTimeoutSec,
    flowControl: { key: row.flowKey, parallelism: ctx.projectParallelism },
    labels: [`step.${row.step}`, row.fileId],
    deliverAfter: row.deliverAfter,
    sender: sender ?? { traceId: row.traceId, spanId: row.rootSpanId },
  };
}
