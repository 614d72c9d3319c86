/** What became of the canaries so far; those that were skipped say nothing and are not counted. */
export interface CanaryCounts {
  readonly pending: number;
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** What the canaries say of the rest. `silent`: none of them was sent. */
export type CanaryVerdict =
  | { readonly kind: "wait" | "pass" | "silent" }
  | { readonly kind: "fail"; readonly because: string };

/**
 * Whether the rest follows the canaries: once all have ended and enough of them succeeded, and not as soon as so
 * many failed that the others cannot make up for it. Pure.
 * @param percent how many of a hundred must succeed
 */
export function judgeCanary(counts: CanaryCounts, percent: number): CanaryVerdict {
  const { succeeded, failed } = counts;
  const open = counts.pending + counts.sent;
  const total = succeeded + failed + open;
  if (total === 0) return { kind: "silent" };
  const needed = Math.ceil((total * percent) / 100);
  if (succeeded + open < needed) return { kind: "fail", because: sentence(succeeded, failed, open, percent) };
  if (open > 0) return { kind: "wait" };
  return { kind: "pass" };
}

function sentence(succeeded: number, failed: number, open: number, percent: number): string {
  const ended = succeeded + failed;
  const left = open === 0 ? "" : `, and ${open} had not ended`;
  const outcome =
    ended === 1
      ? "Its one canary failed"
      : `Of ${ended} canaries ${succeeded} succeeded and ${failed} failed`;
  return `${outcome}${left}; ${percent} % had to succeed.`;
}
