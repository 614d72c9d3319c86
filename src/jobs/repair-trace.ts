import { and, eq, isNotNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { breakerHolds } from "../db/schema/breakers.ts";
import { budgetHolds } from "../db/schema/budgets.ts";
import { runs } from "../db/schema/runs.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import { endedBreakerHolds } from "./breaker/breaker-holds.ts";
import type { JobsContext } from "./context.ts";
import { endedHolds } from "./ended-holds.ts";
import { hasEnded, lockRun, type RunFacts } from "./run-facts.ts";
import { recordAttempt, recordRoot } from "./run-spans.ts";
import { recordAttemptWait, recordBreakerHold, recordBudgetHold } from "./wait-spans.ts";

const before = alias(attempts, "before");
/** The hold that a step's attempt before this one began. */
const heldBefore = { attemptId: before.id, reason: before.errorCode, since: before.finishedAt };

/**
 * Writes the spans of what a delivery did again, from the attempts' rows, and the root where the run has
 * ended: a worker that died took the spans with it that it had not sent yet. Those that are there already
 * stay, since the worker's own end a moment after the row's.
 */
export async function repairTrace(
  ctx: JobsContext,
  delivery: { runId: string; messageId: string },
): Promise<void> {
  const { tracer } = ctx.telemetry;
  const found = await ctx.db.transaction(async (tx) => {
    const run = await lockRun(tx, delivery.runId);
    if (run === undefined) return undefined;
    const rows = await tx
      .select({ attempt: attempts, held: heldBefore, step: steps.name, shard: steps.shard })
      .from(attempts)
      .innerJoin(steps, eq(steps.id, attempts.stepId))
      .leftJoin(
        before,
        and(
          eq(before.stepId, attempts.stepId),
          eq(before.number, sql`${attempts.number} - 1`),
          eq(before.round, attempts.round),
          eq(before.outcome, "held"),
        ),
      )
      .where(
        and(
          eq(attempts.messageId, delivery.messageId),
          eq(attempts.runId, delivery.runId),
          isNotNull(attempts.finishedAt),
        ),
      );
    const holds = await endedHolds(tx, eq(budgetHolds.runId, run.runId));
    const waits = await endedBreakerHolds(tx, eq(breakerHolds.runId, run.runId));
    return { run, rows, holds, waits, end: hasEnded(run) ? await endOf({ ...ctx, db: tx }, run) : undefined };
  });
  if (found === undefined) return;
  for (const { attempt, held, ...place } of found.rows) {
    recordAttemptWait(tracer, { ...attempt, ...place, held, run: found.run, attemptId: attempt.id });
    recordAttempt(tracer, found.run, place, attempt);
  }
  for (const hold of found.holds) recordBudgetHold(tracer, found.run, hold);
  for (const wait of found.waits) recordBreakerHold(tracer, found.run, wait);
  if (found.end) recordRoot(tracer, found.run, found.end.failedWith, found.end.at);
}

async function endOf(
  { db, clock }: Pick<JobsContext, "db" | "clock">,
  run: RunFacts,
): Promise<{ at: Date; failedWith: string | null }> {
  const [ended] = await db.select({ at: runs.finishedAt }).from(runs).where(eq(runs.id, run.runId));
  const [failed] = await db
    .select({ code: steps.errorCode })
    .from(steps)
    .where(and(eq(steps.runId, run.runId), eq(steps.state, "failed")))
    .limit(1);
  return {
    at: ended?.at ?? clock.now(),
    failedWith: run.status === "failed" ? (failed?.code ?? null) : null,
  };
}
