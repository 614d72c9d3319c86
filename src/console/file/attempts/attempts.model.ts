import { type AttemptRow as Row, attemptRows as rowsOf } from "../../../pipeline/files/attempt-rows.ts";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { elapsedMs } from "../../format/moment.ts";

/** An attempt with the step that it was made for, and how long it took. */
export interface AttemptRow extends Row {
  /** From start to end, in ms; for a running one, up to now. */
  readonly durationMs: number;
}

/** The attempts of a run, newest first; of one step when `step` is given. */
export function attemptRows(run: RunView, step: string | null, now: Date): AttemptRow[] {
  return rowsOf(run)
    .filter((row) => step === null || row.step === step)
    .map((row) => ({ ...row, durationMs: elapsedMs(row.startedAt, row.finishedAt, now) }));
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
