import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { breakerHolds } from "../../db/schema/breakers.ts";
import { budgetHolds } from "../../db/schema/budgets.ts";
import { files } from "../../db/schema/files.ts";
import { projects } from "../../db/schema/projects.ts";
import { runs } from "../../db/schema/runs.ts";
import { stepDurations } from "../../db/schema/step-durations.ts";
import { attempts, steps } from "../../db/schema/steps.ts";
import { type HaltReason, haltedSince, hasHalted, limitMs, reasonOf, reasonsAt } from "./halt-reasons.ts";
import { actionsOn } from "./may-act.ts";
import { callsProvider, leastStuckMs, type PlacedStep, type StuckPart } from "./stuck-part.ts";
import { type StuckStep, stuckStepSchema } from "./stuck-view.ts";

/** Steps that were queued, held or begun and have not gone on, the one that was queued first first. */
export async function listHalted(
  db: Db,
  {
    now,
    after,
    limit,
    reason,
    step,
    project,
    provider,
  }: StuckPart & { readonly reason?: HaltReason | undefined },
): Promise<PlacedStep[]> {
  const since = haltedSince.mapWith(steps.queuedAt);
  const reasons = reasonsAt(now);
  const found = await db
    .select({
      step: steps,
      since,
      limitMs,
      reason: reasonOf(reasons),
      fileId: files.id,
      fileName: files.name,
      project: projects.slug,
      budgetId: budgetHolds.budgetId,
      provider: breakerHolds.provider,
    })
    .from(steps)
    .innerJoin(runs, eq(runs.id, steps.runId))
    .innerJoin(files, eq(files.id, runs.fileId))
    .innerJoin(projects, eq(projects.id, files.projectId))
    .leftJoin(stepDurations, eq(stepDurations.step, steps.name))
    .leftJoin(
      attempts,
      and(eq(steps.state, "running"), eq(attempts.stepId, steps.id), eq(attempts.number, steps.fence)),
    )
    .leftJoin(
      budgetHolds,
      and(eq(steps.state, "held"), eq(budgetHolds.stepId, steps.id), isNull(budgetHolds.until)),
    )
    .leftJoin(
      breakerHolds,
      and(eq(steps.state, "held"), eq(breakerHolds.stepId, steps.id), isNull(breakerHolds.until)),
    )
    .where(
      and(
        // As the index has it, in the same words; a reason implies it.
        reason === undefined ? sql`${steps.state} in ('queued', 'running', 'held')` : reasons[reason],
        lt(steps.queuedAt, new Date(now.getTime() - leastStuckMs)),
        hasHalted(now),
        after === null
          ? undefined
          : sql`(${steps.queuedAt}, ${steps.id}) > (${after[0]}::timestamptz, ${after[1]})`,
        step === undefined ? undefined : eq(steps.name, step),
        project === undefined ? undefined : eq(projects.slug, project),
        provider === undefined ? undefined : callsProvider(steps.estimate, provider),
      ),
    )
    .orderBy(asc(steps.queuedAt), asc(steps.id))
    .limit(limit);
  return found.map((row) => ({
    // Never null: the list asks for those that were queued before a time.
    place: [row.step.queuedAt?.toISOString() ?? "", row.step.id],
    item: viewOf(row, now),
  }));
}

/** A row of the list. */
interface Row
  extends Pick<
    StuckStep,
    "limitMs" | "reason" | "fileId" | "fileName" | "project" | "budgetId" | "provider"
  > {
  readonly step: typeof steps.$inferSelect;
  readonly since: Date | null;
}

function viewOf({ step, since, ...row }: Row, now: Date): StuckStep {
  return stuckStepSchema.parse({
    ...row,
    stepId: step.id,
    step: step.name,
    shard: step.shard,
    runId: step.runId,
    state: step.state,
    since: since?.toISOString(),
    attempts: step.attemptCount,
    attemptsLeft: step.maxAttempts - step.attemptCount,
    nextAttemptAt: step.nextAttemptAt?.toISOString() ?? null,
    heldUntil: step.heldUntil?.toISOString() ?? null,
    errorCode: step.errorCode,
    errorMessage: step.errorMessage,
    siblings: null,
    actions: actionsOn(step, now),
  });
}
