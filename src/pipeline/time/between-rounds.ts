import { greatest, least } from "./extremes.ts";
import { type Stretch, type TimedRun, timeReasons } from "./timed-run.ts";

/** The time from the last attempt of a round to the first step that is queued in the next. Pure. */
export function betweenRounds(run: TimedRun): Stretch[] {
  const attempts = run.steps.flatMap((step) => step.attempts);
  const rounds = new Set([...attempts, ...run.steps].map(({ round }) => round));
  return [...rounds]
    .filter((round) => round > 1)
    .map((round) => {
      const earlier = attempts.filter((attempt) => attempt.round < round);
      const endedMs = greatest(earlier.flatMap(({ finishedMs }) => finishedMs ?? []));
      return {
        kind: "held",
        step: null,
        reason: timeReasons.requeue,
        fromMs: endedMs ?? run.acceptedMs ?? run.startMs,
        toMs: roundBeganMs(run, round) ?? run.endMs,
      };
    });
}

function roundBeganMs(run: TimedRun, round: number): number | null {
  const began = run.steps.flatMap((step) => {
    const first = step.attempts.find((attempt) => attempt.round === round);
    if (first !== undefined) return [first.waitedSinceMs ?? first.startedMs];
    return step.round === round && step.queuedMs !== null ? [step.queuedMs] : [];
  });
  return least(began);
}
