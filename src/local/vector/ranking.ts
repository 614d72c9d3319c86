/** Something that was found, and what decides its rank. */
export interface Ranked {
  readonly score: number;
  /** Of equal scores the lower one comes first. */
  readonly ordinal: number;
}

/** The best few of what is offered, the best first. */
export interface Ranking<Item extends Ranked> {
  readonly items: readonly Item[];
  /** Whether something of this score may still come in. */
  mayEnter(score: number): boolean;
  offer(item: Item): void;
}

/** An empty ranking of at most `count` items. */
export function createRanking<Item extends Ranked>(count: number): Ranking<Item> {
  const items: Item[] = [];
  const worst = () => (items.length < count ? Number.NEGATIVE_INFINITY : (items.at(-1)?.score ?? 0));
  return {
    items,
    mayEnter: (score) => count > 0 && score >= worst(),
    offer(item) {
      let low = 0;
      let high = items.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const other = items[middle];
        if (other && comesFirst(other, item)) low = middle + 1;
        else high = middle;
      }
      items.splice(low, 0, item);
      if (items.length > count) items.pop();
    },
  };
}

function comesFirst(one: Ranked, other: Ranked): boolean {
  return one.score > other.score || (one.score === other.score && one.ordinal < other.ordinal);
}
