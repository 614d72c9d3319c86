import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbContext } from "../../db/context.ts";
import { cutPage, formatCursor, type PageRequest, parseCursor } from "../../db/cursor.ts";
import { files } from "../../db/schema/files.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import type { ListPage } from "../../pipeline/files/file-view.ts";
import type { QueueStep, queueStepLists } from "./queue-steps-view.ts";

/** What is asked for. */
interface QueueStepsRequest extends PageRequest {
  readonly list: (typeof queueStepLists)[number];
  readonly step?: string | undefined;
  /** A project's slug. */
  readonly project?: string | undefined;
}

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);

/**
 * Steps with a message: those in flight, the one that has waited longest first, or those that are delivered later, the
 * next one first. Both are read along an index of those that have not ended.
 * @throws WaybillError malformed_request for a cursor of another list
 */
export async function listQueueSteps(
  { db, clock }: Pick<DbContext, "db" | "clock">,
  { list, limit, cursor, step, project }: QueueStepsRequest,
): Promise<ListPage<QueueStep>> {
  const now = clock.now();
  const after = parseCursor(placeSchema, cursor);
  const place = list === "delayed" ? steps.nextAttemptAt : steps.queuedAt;
  const found = await db
    .select({
      step: steps,
      fileId: files.id,
      fileName: files.name,
      project: projects.slug,
      sentMessageId: outbox.messageId,
      publishedAt: outbox.publishedAt,
      takenMessageId: attempts.messageId,
      attemptStartedAt: attempts.startedAt,
    })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(outbox, and(eq(outbox.stepId, steps.id), eq(outbox.dispatch, steps.dispatch)))
    .leftJoin(
      attempts,
      and(eq(steps.state, "running"), eq(attempts.stepId, steps.id), eq(attempts.number, steps.fence)),
    )
    .where(
      and(
        conditionOf(list, now),
        after === null ? undefined : sql`(${place}, ${steps.id}) > (${after[0]}::timestamptz, ${after[1]})`,
        step === undefined ? undefined : eq(steps.name, step),
        project === undefined ? undefined : eq(projects.slug, project),
      ),
    )
    .orderBy(asc(place), asc(steps.id))
    .limit(limit + 1);
  const { rows, last } = cutPage(found, limit);
  const lastPlace = list === "delayed" ? last?.step.nextAttemptAt : last?.step.queuedAt;
  return {
    items: rows.map((row) => viewOf(row, now)),
    nextCursor: last && formatCursor([lastPlace?.toISOString() ?? "", last.step.id]),
  };
}

/** In the words of the indexes steps_unfinished and steps_delayed. */
function conditionOf(list: QueueStepsRequest["list"], now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`;
  return list === "delayed"
    ? sql`${steps.state} = 'queued' and ${steps.nextAttemptAt} > ${at}`
    : sql`${steps.state} in ('queued', 'running', 'held') and ${steps.state} <> 'held' and ${steps.queuedAt} is not null
        and (${steps.state} = 'running' or coalesce(${steps.nextAttemptAt} <= ${at}, true))`;
}

interface Row {
  readonly step: typeof steps.$inferSelect;
  readonly fileId: string;
  readonly fileName: string;
  readonly project: string;
  readonly sentMessageId: string | null;
  readonly publishedAt: Date | null;
  readonly takenMessageId: string | null;
  readonly attemptStartedAt: Date | null;
}

function viewOf(row: Row, now: Date): QueueStep {
  const { step, fileId, fileName, project } = row;
  const since = row.attemptStartedAt ?? step.queuedAt ?? now;
  return {
    stepId: step.id,
    step: step.name,
    shard: step.shard,
    ...{ fileId, fileName, project },
    stage: stageOf(row, now),
    messageId: row.takenMessageId ?? row.sentMessageId,
    since: since.toISOString(),
    nextAttemptAt: step.state === "running" ? null : (step.nextAttemptAt?.toISOString() ?? null),
    expectedBy: step.state === "queued" ? (step.expectedBy?.toISOString() ?? null) : null,
    leaseExpiresAt: step.leaseExpiresAt?.toISOString() ?? null,
    attempts: step.attemptCount,
    attemptsLeft: step.maxAttempts - step.attemptCount,
    errorCode: step.errorCode,
    flowKey: step.flowKey,
  };
}

function stageOf({ step, publishedAt }: Row, now: Date): QueueStep["stage"] {
  if (step.state === "running") return "running";
  if (step.nextAttemptAt !== null && step.nextAttemptAt > now) return "delayed";
  return publishedAt === null ? "unsent" : "sent";
}
