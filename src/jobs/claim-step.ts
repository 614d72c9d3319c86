import { eq } from "drizzle-orm";
import { recordEntries } from "../costs/record-entries.ts";
import { attempts, steps } from "../db/schema/steps.ts";
import { faultPoint } from "../kernel/fault-point.ts";
import { deriveId, deriveSpanId } from "../kernel/ids.ts";
import type { JobsContext } from "./context.ts";
import { deliveryEntry } from "./delivery-entry.ts";
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
  readonly maxAttempts: number;
  readonly fence: number;
  readonly timeLimitMs: number;
  readonly spanId: string;
  readonly delivery: Delivery;
  /** Since when the step had waited, and for what. */
  readonly waitedSince: Date | null;
  readonly waitedFor: "queue" | "backoff";
  readonly startedAt: Date;
}

/** What became of the wish to work on a step. */
export type ClaimResult =
  | { readonly kind: "claimed"; readonly claim: Claim }
  | { readonly kind: "not-claimable"; readonly state: string };

/**
 * Moves a queued step to running with a lease and a fencing token, opens its attempt, and puts the delivery
 * itself down in the ledger, in one transaction. A step in any other state is left alone: done ones need
 * nothing, and what a live or dead worker holds is the reconciler's business.
 * @param options.billDelivery false for a step that goes on in place: its delivery is in the ledger already
 */
export async function claimStep(
  ctx: JobsContext,
  input: { runId: string; stepId: string; delivery: Delivery },
  options: { billDelivery: boolean },
): Promise<ClaimResult> {
  faultPoint("claim.before");
  const result = await ctx.db.transaction(async (tx): Promise<ClaimResult> => {
    const run = await lockRun(tx, input.runId);
    if (run === undefined) return { kind: "not-claimable", state: "unknown" };
    const now = ctx.clock.now();
    const [before] = await tx.select().from(steps).where(eq(steps.id, input.stepId));
    const started = await startStep(tx, input.stepId, run, now);
    const attemptId = started && deriveId("att", started.id, started.fence);
    faultPoint("claim.opened");
    if (started && attemptId) await openAttempt(tx, ctx.deployment, { started, attemptId, now, ...input });
    if (options.billDelivery && before) {
      await recordEntries(tx, [deliveryEntry(run, before, attemptId ?? null, input.delivery, now)]);
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
        maxAttempts: started.maxAttempts,
        fence: started.fence,
        timeLimitMs: started.timeLimitMs,
        spanId: deriveSpanId(attemptId),
        delivery: input.delivery,
        waitedSince: before.queuedAt,
        waitedFor: before.nextAttemptAt === null ? "queue" : "backoff",
        startedAt: now,
      },
    };
  });
  faultPoint("claim.committed");
  return result;
}

async function openAttempt(
  tx: JobsContext["db"],
  deployment: string,
  opened: { started: typeof steps.$inferSelect; attemptId: string; now: Date; delivery: Delivery },
): Promise<void> {
  const { started, attemptId, now, delivery } = opened;
  await tx.insert(attempts).values({
    id: attemptId,
    stepId: started.id,
    runId: started.runId,
    // Numbered by the fence, which a hold does not give back.
    number: started.fence,
    fence: started.fence,
    spanId: deriveSpanId(attemptId),
    messageId: delivery.messageId,
    retried: delivery.retried,
    deployment,
    outcome: "running",
    startedAt: now,
  });
}
