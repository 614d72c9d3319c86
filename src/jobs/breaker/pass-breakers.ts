import { sql } from "drizzle-orm";
import { z } from "zod";
import { type BreakerProvider, breakerProviders, breakerStates } from "../../db/breaker-states.ts";
import type { Db } from "../../db/client.ts";
import { breakers } from "../../db/schema/breakers.ts";
import type { StepEstimate } from "../../db/schema/steps.ts";
import { providersOf } from "../../providers/provider-of-meter.ts";
import type { JobsContext } from "../context.ts";
import { type BreakerStand, gateOf, nextCoolDownMs } from "./breaker-rules.ts";
import { takeProbe } from "./breaker-transitions.ts";

/** How long a probe is waited for after its time limit, in ms: its lease must have run out by then. */
const probeGraceMs = 60_000;

/** Which breaker a step tries. */
export interface Probe {
  readonly provider: BreakerProvider;
  /** How long the cool-down is, in ms, should the provider still be ill. */
  readonly nextCoolDownMs: number;
}

/** What the breakers of a step's providers say to it. */
export type Passage =
  | {
      readonly kind: "pass";
      /** Set where the step is let through to try whether its provider answers again. */
      readonly probe: Probe | null;
      /** The provider that lets those go on which it had held, where the step calls one. */
      readonly draining: BreakerProvider | null;
    }
  | { readonly kind: "hold"; readonly provider: BreakerProvider; readonly until: Date | null };

const standsSchema = z
  .array(
    z.object({
      provider: z.enum(breakerProviders),
      state: z.enum(breakerStates),
      coolDownMs: z.number(),
      probeAt: z.coerce.date().nullable(),
      probeStepId: z.string().nullable(),
      probeUntil: z.coerce.date().nullable(),
      draining: z.boolean(),
    }),
  )
  .nullable();

/**
 * The breakers that have something to say, as a column of a row that is read anyway: while all providers are well it is
 * null, and costs a look at three rows. Nothing is locked.
 */
export const standingBreakers = sql<unknown>`(select jsonb_agg(jsonb_build_object('provider', ${breakers.provider},
  'state', ${breakers.state}, 'coolDownMs', ${breakers.coolDownMs}, 'probeAt', ${breakers.probeAt},
  'probeStepId', ${breakers.probeStepId}, 'probeUntil', ${breakers.probeUntil}, 'draining', ${breakers.draining}))
  from ${breakers} where ${breakers.state} <> 'closed' or ${breakers.draining})`;

/**
 * Asks the breakers of a step's providers, before it begins. Where one is open whose cool-down is over, the step that
 * takes the probe first is let through, and no other. A step has one provider; of several the first that is
 * not well decides.
 * @param stands what `standingBreakers` has read
 */
export async function passBreakers(
  { db: tx, breaker: settings }: Pick<JobsContext, "breaker"> & { readonly db: Db },
  stands: unknown,
  step: {
    readonly id: string;
    readonly estimate: readonly StepEstimate[];
    readonly timeLimitMs: number;
  },
  now: Date,
): Promise<Passage> {
  const standing = standsSchema.parse(stands);
  if (standing === null) return { kind: "pass", probe: null, draining: null };
  const called = providersOf(step.estimate);
  const own = standing.filter(({ provider }) => called.includes(provider));
  const ill = own.find(({ state }) => state !== "closed");
  if (ill === undefined) return { kind: "pass", probe: null, draining: own[0]?.provider ?? null };
  const { provider, coolDownMs } = ill;
  if (gateOf(ill, step.id, now) === "probe" && (await isFirst(tx, ill, step, now)))
    return {
      kind: "pass",
      probe: { provider, nextCoolDownMs: nextCoolDownMs(settings, coolDownMs) },
      draining: null,
    };
  return { kind: "hold", provider, until: ill.probeAt };
}

function isFirst(
  tx: Db,
  breaker: BreakerStand,
  step: { readonly id: string; readonly timeLimitMs: number },
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + step.timeLimitMs + probeGraceMs);
  return takeProbe(tx, breaker, { stepId: step.id, until }, now);
}
