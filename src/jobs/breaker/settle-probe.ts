import type { Db } from "../../db/client.ts";
import { faultPoint } from "../../kernel/fault-point.ts";
import type { CallOutcome } from "../../providers/call-watch.ts";
import { closeByProbe, failProbe, returnProbe } from "./breaker-transitions.ts";
import type { Probe } from "./pass-breakers.ts";

/** What a probe has come to. */
export type ProbeEnd = "closed" | "failed" | "idle" | "overtaken";

/**
 * Moves the breaker by what its probe has found, within the commit of the attempt that tried: closed where the
 * provider answered, be it with a refusal; open for longer where it was ill; and open for another step to try where it
 * was not asked. A probe that a person has overtaken, or another step, moves nothing.
 */
export async function settleProbe(
  tx: Db,
  { stepId, probe }: { readonly stepId: string; readonly probe: Probe },
  outcomes: readonly CallOutcome[],
  now: Date,
): Promise<ProbeEnd> {
  const { provider } = probe;
  const asked = outcomes.filter((outcome) => outcome.provider === provider);
  faultPoint("probe.settling");
  if (asked.length === 0) {
    return (await returnProbe(tx, provider, stepId, now)) ? "idle" : "overtaken";
  }
  if (asked.some(({ ill }) => ill)) {
    await failProbe(tx, provider, { stepId, coolDownMs: probe.nextCoolDownMs }, now);
    return "failed";
  }
  return (await closeByProbe(tx, provider, stepId, now)) ? "closed" : "overtaken";
}
