/** A rule that a split has made of a fingerprint. */
export interface Split {
  readonly id: number;
  readonly parentId: number | null;
  readonly contains: string;
  readonly groupId: string;
}

/**
 * The group of a sentence: the fingerprint's own one, or that of the last rule of the tree that it fulfils. Pure.
 * @param splits of the fingerprint, the oldest first
 */
export function routeBySplits(groupId: string, splits: readonly Split[], message: string): string {
  let route: { id: number | null; groupId: string } = { id: null, groupId };
  for (;;) {
    const next = splits.find((split) => split.parentId === route.id && message.includes(split.contains));
    if (next === undefined) return route.groupId;
    route = next;
  }
}
