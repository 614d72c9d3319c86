const shownAtMost = 50;

/** A list for the page: not more than a person reads, and how many there are. */
export function cutList<Item>(items: readonly Item[]): { items: readonly Item[]; total: number } {
  return { items: items.slice(0, shownAtMost), total: items.length };
}
