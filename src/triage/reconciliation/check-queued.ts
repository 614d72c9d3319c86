import { and, asc, eq, gt, inArray, lt } from "drizzle-orm";
import { files } from "../../db/schema/files.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { runs } from "../../db/schema/runs.ts";
import { steps } from "../../db/schema/steps.ts";
import type { ReconciliationContext } from "./context.ts";
import type { StagePage } from "./finding.ts";

/** QStash is asked about each one. */
const pageSize = 50;
/** A step that was queued later than this is left alone: its message may be on its way, in ms. */
const graceMs = 60_000;

/** Looks through the queued steps for those whose message QStash does not know. */
export async function checkQueued(ctx: ReconciliationContext, position: string | null): Promise<StagePage> {
  const rows = await readQueued(ctx, position);
  const unknown: typeof rows = [];
  for (const row of rows) {
    if (row.messageId !== null && (await ctx.queue.isPending(row.messageId))) continue;
    // Not sent yet: the outbox has it, and the tick sends it.
    if (row.outboxId !== null && row.publishedAt === null) continue;
    unknown.push(row);
  }
  // Delivered while we asked: the step is no longer queued with this message.
  const still = await stillQueued(ctx, unknown);
  const findings = unknown
    .filter((row) => still.get(row.stepId) === row.dispatch)
    .map((row) => ({
      class: "queued-but-unknown" as const,
      subject: row.stepId,
      fileId: row.fileId,
      facts: {
        runId: row.runId,
        step: row.name,
        shard: row.shard,
        file: row.fileName,
        dispatch: row.dispatch,
        messageId: row.messageId,
        queuedAt: row.queuedAt?.toISOString() ?? null,
      },
    }));
  return {
    read: rows.length,
    findings,
    position: rows.length < pageSize ? null : (rows.at(-1)?.stepId ?? null),
  };
}

function readQueued({ db, clock }: ReconciliationContext, after: string | null) {
  const before = new Date(clock.now().getTime() - graceMs);
  return db
    .select({
      stepId: steps.id,
      runId: steps.runId,
      name: steps.name,
      shard: steps.shard,
      dispatch: steps.dispatch,
      queuedAt: steps.queuedAt,
      fileId: files.id,
      fileName: files.name,
      outboxId: outbox.id,
      messageId: outbox.messageId,
      publishedAt: outbox.publishedAt,
    })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .leftJoin(outbox, and(eq(outbox.stepId, steps.id), eq(outbox.dispatch, steps.dispatch)))
    .where(
      and(
        eq(steps.state, "queued"),
        lt(steps.queuedAt, before),
        after === null ? undefined : gt(steps.id, after),
      ),
    )
    .orderBy(asc(steps.id))
    .limit(pageSize);
}

async function stillQueued({ db }: ReconciliationContext, rows: readonly { stepId: string }[]) {
  if (rows.length === 0) return new Map<string, number>();
  const found = await db
    .select({ stepId: steps.id, dispatch: steps.dispatch })
    .from(steps)
    .where(
      and(
        eq(steps.state, "queued"),
        inArray(
          steps.id,
          rows.map(({ stepId }) => stepId),
        ),
      ),
    );
  return new Map(found.map(({ stepId, dispatch }) => [stepId, dispatch]));
}
