import type { TimedAttempt, TimedRun, TimedStep } from "./timed-run.ts";

/** An attempt without which the run would have ended earlier. */
export interface CriticalAttempt {
  readonly step: TimedStep;
  readonly attempt: TimedAttempt;
}

/**
 * Walks back from the run's end: from the attempt that ended last to the one that it had to wait for, which is
 * the attempt before of the same step or that of the needed step that ended last. Pure.
 * @returns the attempts from the first to the last
 */
export function criticalPath(run: TimedRun): CriticalAttempt[] {
  const byName = Map.groupBy(run.steps, (step) => step.name);
  const needs = new Map(run.graph.map((definition) => [definition.name, definition.needs]));
  const endOf = ({ attempt }: CriticalAttempt) => attempt.finishedMs ?? run.endMs;

  const lastOf = (candidates: Iterable<CriticalAttempt>): CriticalAttempt | null => {
    let last: CriticalAttempt | null = null;
    for (const candidate of candidates)
      if (last === null || endOf(candidate) >= endOf(last)) last = candidate;
    return last;
  };
  const before = ({ step, attempt }: CriticalAttempt): CriticalAttempt | null => {
    const earlier = step.attempts[step.attempts.indexOf(attempt) - 1];
    const candidates = (needs.get(step.name) ?? []).flatMap((need) =>
      (byName.get(need.step) ?? [])
        .filter((needed) => need.shards === "all" || needed.shard === step.shard)
        .flatMap((needed) => lastBegunBefore(needed, attempt.startedMs)),
    );
    return lastOf(earlier === undefined ? candidates : [...candidates, { step, attempt: earlier }]);
  };

  const path: CriticalAttempt[] = [];
  const inOrder = run.graph.flatMap((definition) => byName.get(definition.name) ?? []);
  let current = lastOf(inOrder.flatMap((step) => lastBegunBefore(step, run.endMs)));
  while (current !== null) {
    path.push(current);
    current = before(current);
  }
  return path.reverse();
}

/** The last attempt of a step that had begun by then, as none or one. */
function lastBegunBefore(step: TimedStep, atMs: number): CriticalAttempt[] {
  const attempt = step.attempts.findLast(({ startedMs }) => startedMs <= atMs);
  return attempt === undefined ? [] : [{ step, attempt }];
}
