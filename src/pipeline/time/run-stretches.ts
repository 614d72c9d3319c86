import { betweenRounds } from "./between-rounds.ts";
import { greatest, least } from "./extremes.ts";
import { stepStretches } from "./step-stretches.ts";
import { type Stretch, type TimedRun, type TimedStep, timeReasons } from "./timed-run.ts";

/** All that a run did and waited for: its steps' stretches, the upload, and the joins that waited. Pure. */
export function runStretches(run: TimedRun): Stretch[] {
  const byName = Map.groupBy(run.steps, (step) => step.name);
  const joins = run.graph.flatMap((definition) =>
    definition.needs
      .filter((need) => need.shards === "all")
      .flatMap((need) => waitForSiblings(byName.get(definition.name)?.[0], byName.get(need.step) ?? [], run)),
  );
  const ofSteps = run.steps.flatMap((step) => stepStretches(step, run.endMs));
  // Clocks that disagree can end a stretch before it begins: such a one explains nothing.
  return [upload(run), ...ofSteps, ...joins, ...betweenRounds(run)].filter(
    ({ fromMs, toMs }) => toMs > fromMs,
  );
}

/** Until the first step is queued, the original is received and stored. */
function upload(run: TimedRun): Stretch {
  const queuedMs = run.steps.flatMap((step) => firstQueuedMs(step) ?? []);
  const toMs = least(run.acceptedMs === null ? queuedMs : [...queuedMs, run.acceptedMs]) ?? run.endMs;
  return { kind: "work", step: null, reason: timeReasons.upload, fromMs: run.startMs, toMs };
}

/** A join waits from the end of the first of its shards until the end of the last. */
function waitForSiblings(
  join: TimedStep | undefined,
  siblings: readonly TimedStep[],
  run: TimedRun,
): Stretch[] {
  if (join === undefined) return [];
  const ended = siblings.flatMap((sibling) => sibling.attempts.find(isDone)?.finishedMs ?? []);
  const fromMs = least(ended);
  const toMs = ended.length === siblings.length ? greatest(ended) : (join.finishedMs ?? run.endMs);
  if (fromMs === null || toMs === null) return [];
  return [{ kind: "siblings", step: join.name, reason: siblings[0]?.name ?? null, fromMs, toMs }];
}

function isDone(attempt: { outcome: string }): boolean {
  return attempt.outcome === "succeeded";
}

function firstQueuedMs(step: TimedStep): number | null {
  const [first] = step.attempts;
  return first === undefined ? step.queuedMs : (first.waitedSinceMs ?? first.startedMs);
}
