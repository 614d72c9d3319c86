import type { CommonTrait } from "./common-view.ts";
import { type ComparedFile, traitLabel, traitsOf } from "./file-traits.ts";

/**
 * What is more common among files that failed than among those that succeeded, the greatest difference of the shares
 * first. Traits that are as common among both say nothing, and are left out. Pure.
 */
export function compareFiles(
  failed: readonly ComparedFile[],
  succeeded: readonly ComparedFile[],
): CommonTrait[] {
  const counts = new Map<string, CommonTrait>();
  for (const [files, side] of [
    [failed, "failed"],
    [succeeded, "succeeded"],
  ] as const) {
    for (const trait of files.flatMap(traitsOf)) {
      const key = JSON.stringify([trait.attribute, trait.value]);
      const none = { failed: 0, failedOf: failed.length, succeeded: 0, succeededOf: succeeded.length };
      const before = counts.get(key) ?? { ...trait, label: traitLabel(trait), ...none };
      counts.set(key, { ...before, [side]: before[side] + 1 });
    }
  }
  return [...counts.values()]
    .filter((common) => excess(common) > 0)
    .toSorted((a, b) => excess(b) - excess(a));
}

function excess({ failed, failedOf, succeeded, succeededOf }: CommonTrait): number {
  return failed / Math.max(1, failedOf) - succeeded / Math.max(1, succeededOf);
}
