import { and, eq, sql } from "drizzle-orm";
import { steps } from "../db/schema/steps.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import type { Claim } from "./claim-step.ts";
import type { JobsContext } from "./context.ts";
import { leaseMs } from "./transitions.ts";

/** How often a live worker renews its lease, in ms. */
const renewEveryMs = 15_000;

/** Keeps the lease of a claim alive while `work` runs; a renewal that fails is tried again at its next turn. */
export async function withLease<Result>(
  ctx: JobsContext,
  claim: Claim,
  log: JobLog,
  work: () => Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  void renewUntil(ctx, claim, log, done.signal);
  try {
    return await work();
  } finally {
    done.abort();
  }
}

async function renewUntil(ctx: JobsContext, claim: Claim, log: JobLog, done: AbortSignal): Promise<void> {
  for (;;) {
    await ctx.clock.wait(renewEveryMs, done);
    if (done.aborted) return;
    await renewLease(ctx, claim).catch((error: unknown) => {
      log.warn({ err: error, stepId: claim.stepId }, "a lease could not be renewed");
    });
  }
}

async function renewLease(ctx: JobsContext, claim: Claim): Promise<void> {
  await ctx.db
    .update(steps)
    // The database's clock decides about leases: workers' clocks may disagree with each other.
    .set({ leaseExpiresAt: sql`now() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(eq(steps.id, claim.stepId), eq(steps.fence, claim.fence), eq(steps.state, "running")));
}
