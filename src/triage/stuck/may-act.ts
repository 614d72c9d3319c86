import type { StuckAction } from "../../db/stuck-states.ts";

/** What of a step decides about actions. */
interface Waiting {
  readonly state: string;
  readonly heldReason: string | null;
  readonly nextAttemptAt: Date | null;
}

/** What ends these holds is done elsewhere, for all steps that they hold. */
const goesOnByItself: ReadonlySet<string | null> = new Set(["budget_exhausted", "breaker_open"]);

/**
 * What can be done about a step. One that waits for money goes on by its budget's release, one that waits for a
 * breaker by what is done about that, and one that runs by itself: its worker ends within the step's time limit, or the tick takes it back.
 */
export function actionsOn(step: Waiting, now: Date): StuckAction[] {
  if (step.state === "held")
    return goesOnByItself.has(step.heldReason) ? ["fail-now"] : ["retry-now", "fail-now"];
  if (step.state !== "queued") return [];
  return [isInBackoff(step, now) ? "retry-now" : "resend", "fail-now"];
}

function isInBackoff({ nextAttemptAt }: Waiting, now: Date): boolean {
  return nextAttemptAt !== null && nextAttemptAt > now;
}
