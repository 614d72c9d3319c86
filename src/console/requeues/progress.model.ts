import type { RequeueOutcome } from "../../db/requeue-states.ts";
import type { RequeueSummary } from "../../triage/requeues/requeue-view.ts";
import { formatCount, formatCounted } from "../format/count.ts";
import { outcomesInOrder, outcomeWords } from "./requeue-words.ts";

type Counts = RequeueSummary["counts"];

/** The parts of a progress bar with their shares of the whole, without those of no file. */
export function barParts(counts: Counts): { outcome: RequeueOutcome; files: number; share: number }[] {
  return outcomesInOrder
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => ({
      outcome,
      files: counts[outcome],
      share: counts[outcome] / Math.max(1, counts.total),
    }));
}

/** What a progress bar shows, in words: "9 of 12 files ended: 8 succeeded, 1 failed again, 3 not sent". */
export function barText(counts: Counts): string {
  const parts = barParts(counts).map(
    ({ outcome, files }) => `${formatCount(files)} ${outcomeWords[outcome].toLowerCase()}`,
  );
  const lead = `${formatCount(endedOf(counts))} of ${formatCounted(counts.total, "file")} ended`;
  return parts.length === 0 ? lead : `${lead}: ${parts.join(", ")}`;
}

/** How many files of a requeue have come to an end, whichever. */
export function endedOf({ succeeded, failed, skipped }: Counts): number {
  return succeeded + failed + skipped;
}
