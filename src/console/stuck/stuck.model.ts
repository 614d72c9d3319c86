import type { StuckAction, StuckReason } from "../../db/stuck-states.ts";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";

/** The words for the reasons. */
export const reasonWords: Readonly<Record<StuckReason, string>> = {
  "not-delivered": "Not delivered",
  "lost-callback": "Callback lost",
  backoff: "In backoff",
  "rate-limited": "Rate-limited",
  "held-by-budget": "Held by budget",
  "held-by-provider": "Held by provider",
  "breaker-open": "Breaker open",
  "running-long": "Runs long",
  "waiting-for-siblings": "Waits for shards",
};

/** What each action is called on its button. */
export const actionWords: Readonly<Record<StuckAction, string>> = {
  "retry-now": "Retry now",
  resend: "Send again",
  "fail-now": "Give up",
};

/** What was done, once it is. */
export const doneWords: Readonly<Record<StuckAction, string>> = {
  "retry-now": "Retried now",
  resend: "Sent again",
  "fail-now": "Given up",
};

/** What the file's row says it is about: "embed 3". Shards are counted from 1, as on the file's page. */
export function stepText({ step, shard, siblings }: StuckStep): string {
  return siblings === null && shard > 0 ? `${step} ${shard + 1}` : step;
}

/** Why a step does not go on and when it will, in a sentence. */
export function standOf(step: StuckStep, now: Date): string {
  switch (step.reason) {
    case "not-delivered":
      return `Its message has not come, and steps like it begin and end within ${formatDuration(step.limitMs)}.`;
    case "lost-callback":
      return "QStash has given its message up, and nobody was told.";
    case "backoff":
      return `Next attempt ${waitText(step.nextAttemptAt, now)}, ${leftText(step)}.`;
    case "rate-limited":
      return `A provider asked for a pause: next attempt ${waitText(step.nextAttemptAt, now)}, ${leftText(step)}.`;
    case "held-by-budget":
      return "It goes on when the budget has room for it.";
    case "held-by-provider":
      return `${step.errorMessage ?? "A provider takes no work now."} It is tried again ${waitText(step.heldUntil, now)}.`;
    case "breaker-open":
      return `${step.errorMessage ?? "A provider's breaker is open."} It goes on when the breaker closes.`;
    case "running-long":
      return `Its attempt runs; steps like it end within ${formatDuration(step.limitMs)}.`;
    case "waiting-for-siblings":
      return siblingsText(step);
  }
}

function siblingsText({ siblings, limitMs }: StuckStep): string {
  if (siblings === null) return "Other shards have not ended.";
  const { step, ended, of } = siblings;
  return `${ended} of ${formatCounted(of, "shard")} of ${step} ${ended === 1 ? "has" : "have"} ended, and none for longer than ${formatDuration(limitMs)}.`;
}

function leftText({ attempts, attemptsLeft }: StuckStep): string {
  return `${formatCounted(attempts, "attempt")} made, ${attemptsLeft} left`;
}

/** How long it is until something happens: "in 4 min 10 s"; what is due happens any moment. */
function waitText(at: string | null, now: Date): string {
  const leftMs = at === null ? 0 : Date.parse(at) - now.getTime();
  // Whole seconds, as the clock of the pages goes.
  return leftMs < 1_000 ? "any moment" : `in ${formatDuration(Math.round(leftMs / 1_000) * 1_000)}`;
}
