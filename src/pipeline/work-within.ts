import type { Clock } from "../kernel/clock.ts";
import { toWaybillError, WaybillError } from "../kernel/errors.ts";
import type { StepOutcome } from "./step-work.ts";

/** How a step's work ended: with an outcome, or with a fault. */
export type Worked = StepOutcome | { readonly kind: "threw"; readonly error: WaybillError };

/** Runs a step's work within its time limit; what it throws becomes a value. */
export async function workWithin(
  clock: Clock,
  limitMs: number,
  work: () => Promise<StepOutcome>,
): Promise<Worked> {
  const done = new AbortController();
  const timedOut = clock
    .wait(limitMs, done.signal)
    .then(
      (): Worked => ({ kind: "threw", error: new WaybillError("step_timeout", { details: { limitMs } }) }),
    );
  const worked = work().catch(
    (thrown: unknown): Worked => ({ kind: "threw", error: toWaybillError(thrown) }),
  );
  try {
    return await Promise.race([worked, timedOut]);
  } finally {
    done.abort();
  }
}
