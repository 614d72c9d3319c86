import type { AttemptView, FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { elapsedMs } from "../../format/moment.ts";

/** An attempt with the step that it was made for. */
export interface AttemptRow extends AttemptView {
  /** The number of its run. */
  readonly run: number;
  readonly step: string;
  /** The shard, from 0; null for a step that has one alone. */
  readonly shard: number | null;
  /** Which of the tries that the step has in its round this was. An attempt that was held gave its try back. */
  readonly tryNumber: number;
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
        run: run.number,
        step: instance.name,
        shard: (shardsOf.get(instance.name) ?? 1) > 1 ? instance.shard : null,
        tryNumber: tryNumberOf(attempt, instance.attempts),
        maxAttempts: instance.maxAttempts,
        durationMs: elapsedMs(attempt.startedAt, attempt.finishedAt, now),
      })),
    )
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt) || b.number - a.number);
}

/** The attempts of a file with these ids, whichever run they belong to, oldest first. Unknown ids are left out. */
export function chosenRows(file: FileView, ids: readonly string[], now: Date): AttemptRow[] {
  if (ids.length === 0) return [];
  return file.runHistory
    .flatMap((run) => attemptRows(run, null, now))
    .filter(({ id }) => ids.includes(id))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.number - b.number);
}

/** An attempt in words: "embed 3, attempt 2", with its round and run where there are several. */
export function attemptName(row: AttemptRow, other?: AttemptRow): string {
  const shard = row.shard === null ? "" : ` ${row.shard + 1}`;
  const run = other !== undefined && other.run !== row.run ? `, run ${row.run}` : "";
  const round = row.round > 1 || (other?.round ?? 1) > 1 ? `, round ${row.round}` : "";
  return `${row.step}${shard}, attempt ${row.tryNumber}${round}${run}`;
}

function tryNumberOf(attempt: AttemptView, all: readonly AttemptView[]): number {
  const before = all.filter(
    ({ round, number, outcome }) => round === attempt.round && number < attempt.number && outcome !== "held",
  );
  return before.length + 1;
}
