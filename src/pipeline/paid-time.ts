import type { Claim } from "../jobs/claim-step.ts";
import { extendWork } from "../jobs/extend-work.ts";
import type { JobLog } from "../telemetry/span-log.ts";
import type { PipelineContext } from "./context.ts";
import type { Worked } from "./work-within.ts";

/** At which part of the time that is paid for more is asked for; the last is shortly before its end. */
const askAt = [0.5, 0.9] as const;

/**
 * Keeps the time paid for that an attempt works: asks for twice as much when half of it has passed, and again
 * shortly before its end. Resolves when no budget has room for more, and that ends the attempt; else never.
 */
export async function paidTime(
  ctx: PipelineContext,
  claim: Claim,
  log: JobLog,
  done: AbortSignal,
): Promise<Worked> {
  const startedMs = ctx.clock.monotonicMs();
  const until = (ms: number) => ctx.clock.wait(startedMs + ms - ctx.clock.monotonicMs(), done);
  let paidMs = claim.workMs;
  while (paidMs < claim.timeLimitMs && !done.aborted) {
    const neededMs = Math.min(claim.timeLimitMs, paidMs * 2);
    let extended = false;
    for (const part of askAt) {
      await until(paidMs * part);
      if (done.aborted) return never();
      extended = await extendWork(ctx, claim, neededMs).catch((error: unknown) => {
        log.warn({ err: error, stepId: claim.stepId }, "it could not be asked for more time");
        return false;
      });
      if (extended) break;
    }
    if (!extended) return { kind: "unpaid", neededMs };
    paidMs = neededMs;
  }
  return never();
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
