import type { HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";

/** What a budget holds of one file. */
export interface HeldFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly steps: readonly string[];
  readonly neededNanoUsd: bigint;
}

/** Held steps by their files, in the order in which they go on. Pure. */
export function heldFiles(steps: readonly HeldStepView[]): HeldFile[] {
  return [...Map.groupBy(steps, ({ fileId }) => fileId)].map(([fileId, own]) => ({
    fileId,
    fileName: own[0]?.fileName ?? fileId,
    steps: own.map(({ stepId }) => stepId),
    neededNanoUsd: own.reduce((sum, { neededNanoUsd }) => sum + BigInt(neededNanoUsd), 0n),
  }));
}

/** What became of a release, in words. Pure. */
export function releaseText(result: { asked: number; released: number; held: number }): string {
  const went =
    result.released === 0
      ? "None could go on yet"
      : `${formatCounted(result.released, "step goes", "steps go")} on`;
  return result.held === 0
    ? `${went}; nothing is held any more.`
    : `${went}; ${formatCount(result.held)} held.`;
}
