import type { CallOutcome } from "../../providers/call-watch.ts";
import type { Committed } from "../attempt-end.ts";
import type { Claim } from "../claim-step.ts";
import type { JobsContext } from "../context.ts";
import { judgeProvider } from "./judge-calls.ts";
import { firstRelease, releaseBreakerHolds, releasePerSuccess } from "./release-breaker-holds.ts";

/**
 * What an attempt's calls mean for others, after its commit: a breaker may open, or let steps go on. Best effort: what
 * is left undone here, the next ill call or the tick does.
 * @returns how many steps went on
 */
export async function heedBreakers(
  ctx: JobsContext,
  claim: Pick<Claim, "probe" | "draining">,
  calls: readonly CallOutcome[],
  committed: Pick<Committed, "written" | "probe">,
): Promise<number> {
  if (!committed.written) return 0;
  try {
    return await heed(ctx, claim, calls, committed);
  } catch (error) {
    ctx.log.warn({ err: error }, "the breakers could not be heeded; the tick does it");
    return 0;
  }
}

async function heed(
  ctx: JobsContext,
  { probe, draining }: Pick<Claim, "probe" | "draining">,
  calls: readonly CallOutcome[],
  committed: Pick<Committed, "probe">,
): Promise<number> {
  if (probe !== null) {
    if (committed.probe === "closed") return releaseBreakerHolds(ctx, probe.provider, firstRelease);
    // It found all that it wanted elsewhere, and the provider was not asked: another one tries.
    return committed.probe === "idle" ? releaseBreakerHolds(ctx, probe.provider, 1, "probe") : 0;
  }
  const ill = new Set(calls.flatMap((call) => (call.ill ? [call.provider] : [])));
  for (const provider of ill) await judgeProvider(ctx, provider);
  const answered = calls.some((call) => call.provider === draining && !call.ill);
  if (draining === null || !answered || ill.has(draining)) return 0;
  return releaseBreakerHolds(ctx, draining, releasePerSuccess);
}
