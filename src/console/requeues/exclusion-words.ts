import type { Exclusion } from "../../db/requeue-states.ts";
import { formatCount } from "../format/count.ts";

/** Why files are left out or skipped: as the name of a list of them, and as what is said of one and of several. */
export const exclusionWords: Readonly<
  Record<Exclusion, { readonly name: string; readonly one: string; readonly several: string }>
> = {
  running: { name: "At work now", one: "is at work now", several: "are at work now" },
  poison: {
    name: "Poison",
    one: "is poison (the same failure three times in a row)",
    several: "are poison (the same failure three times in a row)",
  },
  gone: { name: "No longer there", one: "is no longer there", several: "are no longer there" },
  "nothing-failed": {
    name: "Nothing failed",
    one: "has nothing that stands failed",
    several: "have nothing that stands failed",
  },
  "step-not-reached": {
    name: "Step not reached",
    one: "has not reached that step",
    several: "have not reached that step",
  },
  "in-other-requeue": {
    name: "In another requeue",
    one: "is in another requeue that is under way",
    several: "are in another requeue that is under way",
  },
};

/** Reasons with their counts, as a part of a sentence: "10 are at work now and 2 are no longer there". */
export function exclusionsText(
  reasons: readonly { readonly reason: Exclusion; readonly files: number }[],
): string {
  const parts = reasons.map(
    ({ reason, files }) =>
      `${formatCount(files)} ${files === 1 ? exclusionWords[reason].one : exclusionWords[reason].several}`,
  );
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
