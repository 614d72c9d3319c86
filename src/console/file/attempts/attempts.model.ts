import type { AttemptView, RunView } from "../../../pipeline/files/file-view.ts";
import { elapsedMs } from "../../format/moment.ts";

/** An attempt with the step that it was made for. */
export interface AttemptRow extends AttemptView {
  readonly step: string;
  /** The shard; null for a step that has one alone. */
  readonly shard: number | null;
  readonly maxAttempts: number;
  /** From start to end, in ms; for a running one, up to now. */
  readonly durationMs: number;
}

/** The attempts of a run, newest first; of one step when `step` is given. */
export function attemptRows(run: RunView, step: string | null, now: Date): AttemptRow[] {
  const shardsOf = new Map<string, number>();
  for (const { name } of run.steps) shardsOf.set(name, (shardsOf.get(name) ?? 0) + 1);
  return run.steps
    .filter(({ name }) => step === null || name === step)
    .flatMap((instance) =>
      instance.attempts.map((attempt) => ({
        ...attempt,
        step: instance.name,
        shard: (shardsOf.get(instance.name) ?? 1) > 1 ? instance.shard : null,
        maxAttempts: instance.maxAttempts,
        durationMs: elapsedMs(attempt.startedAt, attempt.finishedAt, now),
      })),
    )
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt) || b.number - a.number);
}
