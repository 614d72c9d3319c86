import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { BreakerProvider } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { breakerHolds, breakers } from "../../db/schema/breakers.ts";
import { steps } from "../../db/schema/steps.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import type { JobsContext } from "../context.ts";
import { dispatchSteps } from "../dispatch-steps.ts";
import { publishQuietly } from "../publish-outbox.ts";
import { lockRuns, type RunFacts } from "../run-facts.ts";
import { markRun } from "../run-transitions.ts";
import { recordBreakerHold } from "../wait-spans.ts";
import { type EndedBreakerHold, endBreakerHolds, endedBreakerHolds } from "./breaker-holds.ts";
import { mayProbe } from "./breaker-rules.ts";
import { endDraining } from "./breaker-transitions.ts";
import { forgetOutcomes } from "./judge-calls.ts";

/** A number of our own among Postgres' advisory locks: one pass a provider at a time. */
const passLock = 20_261_130;

/** How many go on at once when a breaker closes. */
export const firstRelease = 5;

/** How many go on with each step that has succeeded since: so the load doubles as long as the provider bears it. */
export const releasePerSuccess = 2;

/** How many each tick lets go on, should the steps that went on before have had no success to tell of. */
const releasePerTick = 50;

/**
 * Lets steps go on that a provider's breaker had held, the oldest document first; what they may cost is set aside
 * anew, and what no budget has room for is held by that. With several at once one goes on for all.
 * @returns how many were let go
 */
export async function releaseBreakerHolds(
  ctx: JobsContext,
  provider: BreakerProvider,
  most: number,
  endedBy: "closed" | "probe" = "closed",
): Promise<number> {
  const released = await ctx.db.transaction(async (tx) => {
    const { rows } = await tx.execute(
      sql`select pg_try_advisory_xact_lock(${passLock}, hashtext(${provider})) as mine`,
    );
    return rows[0]?.mine === true ? letGo(ctx, tx, { provider, most, endedBy }) : [];
  });
  faultPoint("breaker.released");
  if (released.length === 0) return 0;
  for (const { run, ...hold } of released) recordBreakerHold(ctx.telemetry.tracer, run, hold);
  await publishQuietly(ctx, { runIds: [...new Set(released.map(({ runId }) => runId))] });
  return released.length;
}

/**
 * The tick's part in the breakers: lets steps go on whose breaker is closed, sends one to try where a cool-down is
 * over and nobody came by who could, and forgets old outcomes.
 * @returns how many steps went on
 */
export async function keepBreakers(ctx: JobsContext): Promise<number> {
  const now = ctx.clock.now();
  let released = 0;
  for (const breaker of await ctx.db.select().from(breakers).orderBy(asc(breakers.provider))) {
    const { provider, state } = breaker;
    if (state === "closed") {
      released += await releaseBreakerHolds(ctx, provider, releasePerTick);
      if (breaker.draining) await endDraining(ctx.db, provider);
    } else if (mayProbe(breaker, now)) {
      released += await releaseBreakerHolds(ctx, provider, 1, "probe");
    }
  }
  await forgetOutcomes(ctx);
  return released;
}

/** The steps that a breaker holds, those of the oldest documents. */
export function oldestHolds(db: Db, provider: BreakerProvider, most: number) {
  return db
    .select({ stepId: breakerHolds.stepId, runId: breakerHolds.runId })
    .from(breakerHolds)
    .where(and(eq(breakerHolds.provider, provider), isNull(breakerHolds.until)))
    .orderBy(asc(breakerHolds.rank), asc(breakerHolds.id))
    .limit(most);
}

type LetGo = EndedBreakerHold & { readonly run: RunFacts };

async function letGo(
  ctx: JobsContext,
  tx: Db,
  asked: { readonly provider: BreakerProvider; readonly most: number; readonly endedBy: "closed" | "probe" },
): Promise<LetGo[]> {
  const waiting = await oldestHolds(tx, asked.provider, asked.most);
  if (waiting.length === 0) return [];
  const now = ctx.clock.now();
  const runs = new Map(
    (await lockRuns(tx, [...new Set(waiting.map(({ runId }) => runId))])).map((run) => [run.runId, run]),
  );
  // As they are under the lock: one whose run has ended meanwhile is held no more.
  const held = await tx
    .select({ id: steps.id, runId: steps.runId })
    .from(steps)
    .where(
      and(
        inArray(
          steps.id,
          waiting.map(({ stepId }) => stepId),
        ),
        eq(steps.state, "held"),
        eq(steps.heldReason, "breaker_open"),
      ),
    );
  const ids = held.map(({ id }) => id);
  const { queued } = await dispatchSteps({ ...ctx, db: tx }, ids, { now });
  const going = new Set(queued.map(({ stepId }) => stepId));
  for (const runId of new Set(held.filter(({ id }) => going.has(id)).map((step) => step.runId))) {
    const run = runs.get(runId);
    if (run) await markRun(tx, run, "running", now);
  }
  const holdIds = await endBreakerHolds(
    tx,
    waiting.map(({ stepId }) => stepId),
    asked.endedBy,
    now,
  );
  if (holdIds.length === 0) return [];
  const ended = await endedBreakerHolds(tx, inArray(breakerHolds.id, holdIds));
  return ended.flatMap((hold) => {
    const run = runs.get(hold.runId);
    return run ? [{ ...hold, run }] : [];
  });
}
