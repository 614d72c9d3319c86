import type { Clock } from "../kernel/clock.ts";
import { toWaybillError, WaybillError } from "../kernel/errors.ts";
import type { StepOutcome } from "./step-work.ts";

/** How a step's work ended: with an outcome, with a fault, or as no budget had room for it to go on for so long. */
export type Worked =
  | StepOutcome
  | { readonly kind: "threw"; readonly error: WaybillError }
  | { readonly kind: "unpaid"; readonly neededMs: number };

/**
 * Runs a step's work within its time limit; what it throws becomes a value.
 * @param stop resolves with what ends the work before; aborted when the work has ended by itself
 */
export async function workWithin(
  clock: Clock,
  limitMs: number,
  work: () => Promise<StepOutcome>,
  stop: (done: AbortSignal) => Promise<Worked>,
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
    return await Promise.race([worked, timedOut, stop(done.signal)]);
  } finally {
    done.abort();
  }
}
