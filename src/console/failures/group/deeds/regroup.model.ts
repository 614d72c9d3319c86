import type { FailureSummary } from "../../../../triage/failures/failure-view.ts";
import { type SplitPreview, shortestPart } from "../../../../triage/failures/regroup/split-preview.ts";
import type { EffectLine } from "../../../budgets/actions/deed-dialog.tsx";
import { formatCounted } from "../../../format/count.ts";
import { failureWords } from "../../failure-words.ts";

type Counted = Pick<FailureSummary, "failures" | "files">;

const countText = ({ failures, files }: Counted) =>
  `${formatCounted(failures, "failure")} of ${formatCounted(files, "file")}`;

/** What follows from a merge. */
export function mergeEffect(group: Counted, into: Pick<FailureSummary, "state">): EffectLine[] {
  const kept =
    into.state === "ignored" || into.state === "resolved"
      ? `${failureWords[into.state].toLowerCase()}: nobody is told of what comes by the merge`
      : failureWords[into.state].toLowerCase();
  return [
    { name: "Moves", value: `${countText(group)}, with the notes` },
    { name: "Later", value: "failures of this kind are filed there too" },
    { name: "State", value: `stays ${kept}` },
    { name: "Way back", value: "only by splitting" },
  ];
}

/** What follows from a split. */
export function splitEffect({ moving, staying }: SplitPreview): EffectLine[] {
  return [
    { name: "Go", value: countText(moving) },
    { name: "Stay", value: countText(staying) },
    { name: "Later", value: "failures that have the part are filed in the new group" },
  ];
}

/** Why a group cannot be split so; null where it can, or where that is not known yet. */
export function splitHint(contains: string, preview: SplitPreview | undefined): string | null {
  if (contains.length < shortestPart) return `Give at least ${shortestPart} characters.`;
  if (preview === undefined) return null;
  if (preview.moving.failures === 0) return "No failure of this group has this part.";
  if (preview.staying.failures === 0) return "All failures of this group have this part.";
  return null;
}
