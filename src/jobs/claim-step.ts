import { and, eq, isNull, sql } from "drizzle-orm";
import { releaseEnded } from "../costs/budgets/give-back.ts";
import { reservationId } from "../costs/budgets/quote-steps.ts";
import { recordEntries } from "../costs/ledger/record-entries.ts";
import type { BreakerProvider } from "../db/breaker-states.ts";
import type { Db } from "../db/client.ts";
import { reservations } from "../db/schema/budgets.ts";
import { outbox } from "../db/schema/outbox.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { deriveId, deriveSpanId } from "../kernel/ids.ts";
import { holdForBreaker } from "./breaker/breaker-holds.ts";
import { type Passage, type Probe, passBreakers, standingBreakers } from "./breaker/pass-breakers.ts";
import { confirmDelivered } from "./confirm-delivered.ts";
import type { JobsContext } from "./context.ts";
import { deliveryEntries } from "./delivery-entry.ts";
import { noteVersions } from "./note-versions.ts";
import type { Delivery } from "./receive.ts";
import { lockRun, type RunFacts } from "./run-facts.ts";
import { startStep } from "./transitions.ts";

/** A step that this worker may do: until the lease runs out, and only with this fence. */
export interface Claim {
  readonly run: RunFacts;
  readonly stepId: string;
  readonly step: string;
  readonly shard: number;
  readonly input: unknown;
  readonly attemptId: string;
  readonly attempt: number;
  /** Which round of the run it is, from 1. */
  readonly round: number;
  readonly maxAttempts: number;
  readonly fence: number;
  readonly dispatch: number;
  readonly timeLimitMs: number;
  /** For how long money is set aside for it to work, in ms. */
  readonly workMs: number;
  readonly spanId: string;
  readonly delivery: Delivery;
  /** Since when the step had waited, and for what. */
  readonly waitedSince: Date | null;
  readonly waitedFor: "queue" | "backoff" | "flow-control";
  /** The hold that ended when it began to wait. */
  readonly held: Hold | null;
  /** The open breaker that this attempt tries, if it does. */
  readonly probe: Probe | null;
  /** The provider that has answered again lately: with this step's success others go on. */
  readonly draining: BreakerProvider | null;
  readonly startedAt: Date;
}

/** A hold of a step, as the attempt that met its cause tells it. */
interface Hold {
  readonly attemptId: string;
  /** The code of that cause. */
  readonly reason: string | null;
  readonly since: Date | null;
}

/** What became of the wish to work on a step. */
export type ClaimResult =
  | { readonly kind: "claimed"; readonly claim: Claim }
  | { readonly kind: "not-claimable"; readonly state: string }
  /** A breaker is open: the step is held, without an attempt; `freed` are budgets that others wait for. */
  | { readonly kind: "held"; readonly freed: readonly string[] };

/**
 * Moves a queued step to running with a lease and a fencing token, opens its attempt, and puts the delivery
 * itself down in the ledger, in one transaction. A step in any other state is left alone: done ones need
 * nothing, and what a live or dead worker holds is the reconciler's business. So is one that was dispatched
 * anew since the message was sent: it has a later message. A step whose provider's breaker is open is held instead,
 * and gives back what was set aside for it.
 * @param options.billDelivery false for a step that goes on in place: its delivery is in the ledger already
 */
export async function claimStep(
  ctx: JobsContext,
  input: { runId: string; stepId: string; dispatch: number; delivery: Delivery },
  options: { billDelivery: boolean },
): Promise<ClaimResult> {
  faultPoint("claim.before");
  const result = await ctx.db.transaction(async (tx): Promise<ClaimResult> => {
    const run = await lockRun(tx, input.runId);
    if (run === undefined) return { kind: "not-claimable", state: "unknown" };
    const now = ctx.clock.now();
    const [found] = await tx
      .select({
        before: steps,
        workMs: reservations.workMs,
        standing: standingBreakers,
        unconfirmed: outbox.id,
      })
      .from(steps)
      .leftJoin(reservations, eq(reservations.id, reservationId(input.stepId, input.dispatch)))
      .leftJoin(
        outbox,
        and(eq(outbox.stepId, steps.id), eq(outbox.dispatch, input.dispatch), isNull(outbox.publishedAt)),
      )
      .where(eq(steps.id, input.stepId));
    if (options.billDelivery && found?.unconfirmed)
      await confirmDelivered(tx, found.unconfirmed, input.delivery.messageId, now);
    const before = found?.before;
    const isDue = before?.state === "queued" && before.dispatch === input.dispatch;
    const passage = isDue ? await passBreakers({ ...ctx, db: tx }, found?.standing, before, now) : null;
    if (isDue && passage?.kind === "hold") {
      const freed = await holdInstead(tx, { run, step: before, passage, now, ...input, ...options });
      return { kind: "held", freed };
    }
    const started = await startStep(tx, input, run, now);
    const attemptId = started && deriveId("att", started.id, started.fence);
    faultPoint("claim.opened");
    const wait = { since: before?.queuedAt ?? null, delivered: options.billDelivery };
    const waitedFor =
      started && attemptId
        ? await openAttempt(tx, ctx, { started, attemptId, now, wait, ...input })
        : "queue";
    const held = started && before?.errorCode ? await readHold(tx, started) : null;
    if (options.billDelivery && before) {
      const step = { id: before.id, name: before.name, dispatch: input.dispatch };
      const entries = deliveryEntries(run, step, attemptId ?? null, input.delivery, now);
      const idle = { waste: "duplicate-delivery" } as const;
      await recordEntries(tx, attemptId ? entries : entries.map((entry) => ({ ...idle, ...entry })));
    }
    if (!(started && attemptId && before))
      return { kind: "not-claimable", state: before?.state ?? "unknown" };
    return {
      kind: "claimed",
      claim: {
        run,
        stepId: started.id,
        step: started.name,
        shard: started.shard,
        input: started.input,
        attemptId,
        attempt: started.attemptCount,
        round: started.round,
        maxAttempts: started.maxAttempts,
        fence: started.fence,
        dispatch: started.dispatch,
        timeLimitMs: started.timeLimitMs,
        // A step that was dispatched before there were reservations may work as long as it likes.
        workMs: found?.workMs ?? started.timeLimitMs,
        spanId: deriveSpanId(attemptId),
        delivery: input.delivery,
        waitedSince: before.queuedAt,
        waitedFor,
        held,
        probe: passage?.kind === "pass" ? passage.probe : null,
        draining: passage?.kind === "pass" ? passage.draining : null,
        startedAt: now,
      },
    };
  });
  faultPoint("claim.committed");
  if (result.kind === "claimed") {
    const { run, startedAt } = result.claim;
    await noteVersions(ctx, { graphVersion: run.graphVersion, at: startedAt });
  }
  return result;
}

/** Holds a step for a breaker's sake; its delivery is in the ledger all the same. @returns the budgets that have room again */
async function holdInstead(
  tx: Db,
  held: {
    readonly run: RunFacts;
    readonly step: typeof steps.$inferSelect;
    readonly dispatch: number;
    readonly delivery: Delivery;
    readonly billDelivery: boolean;
    readonly passage: Passage & { kind: "hold" };
    readonly now: Date;
  },
): Promise<string[]> {
  const { run, step, dispatch, passage, now } = held;
  const { id: stepId, queuedAt: queuedSince } = step;
  await holdForBreaker(tx, { run, stepId, dispatch, queuedSince, ...passage }, now);
  faultPoint("claim.held");
  if (held.billDelivery)
    await recordEntries(tx, deliveryEntries(run, { ...step, dispatch }, null, held.delivery, now));
  return releaseEnded(tx, run, now);
}

/** The hold between a step's attempt and the one before. */
async function readHold(tx: Db, step: typeof steps.$inferSelect): Promise<Hold | null> {
  const [before] = await tx
    .select({ attemptId: attempts.id, reason: attempts.errorCode, since: attempts.finishedAt })
    .from(attempts)
    .where(
      and(
        eq(attempts.stepId, step.id),
        eq(attempts.number, step.fence - 1),
        eq(attempts.round, step.round),
        eq(attempts.outcome, "held"),
      ),
    );
  return before ?? null;
}

/** Inserts the attempt. @returns what its step had waited for */
async function openAttempt(
  tx: JobsContext["db"],
  ctx: Pick<JobsContext, "deployment" | "projectParallelism">,
  opened: {
    started: typeof steps.$inferSelect;
    attemptId: string;
    now: Date;
    wait: { since: Date | null; delivered: boolean };
    delivery: Delivery;
  },
): Promise<Claim["waitedFor"]> {
  const { started, attemptId, now, wait, delivery } = opened;
  const [attempt] = await tx
    .insert(attempts)
    .values({
      id: attemptId,
      stepId: started.id,
      runId: started.runId,
      // Numbered by the fence, which a hold does not give back.
      number: started.fence,
      round: started.round,
      fence: started.fence,
      spanId: deriveSpanId(attemptId),
      messageId: delivery.messageId,
      retried: delivery.retried,
      deployment: ctx.deployment,
      outcome: "running",
      waitedSince: wait.since,
      waitedFor: waitedFor(started, wait.delivered, ctx.projectParallelism),
      startedAt: now,
    })
    .returning({ waitedFor: attempts.waitedFor });
  return attempt?.waitedFor ?? "queue";
}

/**
 * A step that was delivered when it took the last place of its flow key, beside others, had waited for that
 * place. This is as near as we can know: QStash does not say when a message was due and when it was let go.
 */
function waitedFor(started: typeof steps.$inferSelect, delivered: boolean, parallelism: number) {
  if (started.nextAttemptAt !== null) return "backoff" as const;
  if (!delivered) return "queue" as const;
  return sql`case when (select count(*) from ${steps} where ${steps.state} = 'running'
    and ${steps.flowKey} = ${started.flowKey}) >= ${Math.max(parallelism, 2)} then 'flow-control' else 'queue' end`;
}
