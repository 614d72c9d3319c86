import { and, asc, between, eq, inArray, min } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../db/client.ts";
import { auditEntries } from "../db/schema/audit.ts";
import { files } from "../db/schema/files.ts";
import { outbox } from "../db/schema/outbox.ts";
import { runs } from "../db/schema/runs.ts";
import { spans } from "../db/schema/spans.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import type { JobsContext } from "./context.ts";
import { lostRequeueSchema, readLostRequeue } from "./lost-requeue.ts";
import { recordRequeue, requeueSpanIdOf } from "./requeue-spans.ts";
import { lockRun } from "./run-facts.ts";
import { recordLostUpload, uploadSpanIdOf } from "./run-spans.ts";

/** How old an upload or a requeue is when its spans are missed, in ms, and until when they are looked for. */
const missedAfterMs = 30_000;
const lookedForMs = 15 * 60_000;
/** Most of each kind in one pass. */
const batchSize = 2_000;

type RepairContext = Pick<JobsContext, "db" | "clock" | "telemetry">;

/** Something by which a run began or went on, and the span that tells of it. */
interface Beginning {
  readonly runId: string;
  readonly spanId: string;
  readonly at: Date;
  readonly requeue?: z.output<typeof lostRequeueSchema>;
}

/**
 * Writes the spans of recent uploads and requeues again that are not in the store: the process that accepted
 * one may have died before it sent them. The worker's own spans are repaired where its death is noticed.
 * @returns how many were missing
 */
export async function repairBeginnings(ctx: RepairContext): Promise<number> {
  if (!ctx.telemetry.enabled) return 0;
  const begun = [...(await recentUploads(ctx)), ...(await recentRequeues(ctx))];
  const stored = await storedSpans(ctx, begun);
  const missing = begun.filter(({ spanId }) => !stored.has(spanId));
  for (const beginning of missing) await repair(ctx, beginning);
  return missing.length;
}

function window({ clock }: RepairContext): [Date, Date] {
  const nowMs = clock.now().getTime();
  return [new Date(nowMs - lookedForMs), new Date(nowMs - missedAfterMs)];
}

async function recentUploads(ctx: RepairContext): Promise<Beginning[]> {
  const found = await ctx.db
    .select({ runId: runs.id, at: runs.createdAt })
    .from(files)
    .innerJoin(runs, and(eq(runs.fileId, files.id), eq(runs.number, 1)))
    .where(between(files.createdAt, ...window(ctx)))
    .orderBy(asc(files.createdAt), asc(files.id))
    .limit(batchSize);
  return found.map(({ runId, at }) => ({ runId, spanId: uploadSpanIdOf(runId), at }));
}

async function recentRequeues(ctx: RepairContext): Promise<Beginning[]> {
  const found = await ctx.db
    .select()
    .from(auditEntries)
    .where(and(between(auditEntries.at, ...window(ctx)), eq(auditEntries.action, "file.requeue")))
    .orderBy(asc(auditEntries.at), asc(auditEntries.id))
    .limit(batchSize);
  return z
    .array(lostRequeueSchema)
    .parse(found)
    .map((requeue) => {
      const { runId, round } = requeue.after;
      return { runId, spanId: requeueSpanIdOf(runId, round), at: requeue.at, requeue };
    });
}

async function storedSpans({ db }: RepairContext, begun: readonly Beginning[]): Promise<Set<string>> {
  if (begun.length === 0) return new Set();
  const times = begun.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  const ids = begun.map(({ spanId }) => spanId);
  const found = await db
    .select({ spanId: spans.spanId })
    .from(spans)
    .where(
      and(
        inArray(spans.spanId, ids),
        // So that only their days are read.
        between(spans.startedAt, new Date(times[0] ?? 0), new Date(times.at(-1) ?? 0)),
      ),
    );
  return new Set(found.map(({ spanId }) => spanId));
}

async function repair({ db, telemetry }: RepairContext, { runId, requeue }: Beginning): Promise<void> {
  const run = await db.transaction((tx) => lockRun(tx, runId));
  if (run === undefined) return;
  if (requeue !== undefined) {
    recordRequeue(telemetry.tracer, await readLostRequeue(db, run, requeue), requeue.at);
    return;
  }
  recordLostUpload(telemetry.tracer, run, (await readAcceptedAt(db, runId)) ?? run.createdAt);
}

/** When a run's first step was queued: its message is forgotten when that was never confirmed. */
async function readAcceptedAt(db: Db, runId: string): Promise<Date | null> {
  const [attempt] = await db
    .select({ at: min(attempts.waitedSince) })
    .from(attempts)
    .where(eq(attempts.runId, runId));
  if (attempt?.at) return attempt.at;
  const [message] = await db
    .select({ at: min(outbox.createdAt) })
    .from(outbox)
    .innerJoin(steps, eq(steps.id, outbox.stepId))
    .where(eq(steps.runId, runId));
  return message?.at ?? null;
}
