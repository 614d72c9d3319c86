import fc from "fast-check";
import { expect, test } from "vitest";
import { createRanking, type Ranked } from "./ranking.ts";

test("keeps what a full sort would put first, whatever the order of the offers", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
  const offers = scores.chain((list) =>
    fc.shuffledSubarray(
      list.map((score, ordinal): Ranked => ({ score, ordinal })),
      { minLength: list.length },
    ),
  );
  fc.assert(
    fc.property(offers, fc.integer({ min: 0, max: 8 }), (items, count) => {
      const ranking = createRanking<Ranked>(count);
      for (const item of items) if (ranking.mayEnter(item.score)) ranking.offer(item);
      const sorted = [...items].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
      expect(ranking.items).toEqual(sorted.slice(0, count));
    }),
  );
});
