const { fround } = Math;
/** What the lowest and the highest expected score are apart from the mean, in standard deviations. */
const deviations = 3;

/**
 * Scores by their place in their own distribution: 0 is three standard deviations below the mean, 1 three
 * above. Every step rounds to float32, in the order in which the service's published scores come out; without
 * a deviation that float32 can tell all are 0.5.
 */
export function normalizeScores(scores: readonly number[]): number[] {
  // Asked of the scores themselves: the rounded mean of equal ones need not be equal to them.
  if (scores.every((score) => score === scores[0])) return scores.map(() => 0.5);
  const mean = fround(scores.reduce((sum, score) => fround(sum + score), 0) / scores.length);
  const squares = scores.reduce((sum, score) => {
    const off = fround(score - mean);
    return fround(sum + fround(off * off));
  }, 0);
  // The deviation of a sample: divided by one less than there are.
  const spread = fround(deviations * fround(Math.sqrt(fround(squares / (scores.length - 1)))));
  const lowest = fround(mean - spread);
  const range = fround(fround(mean + spread) - lowest);
  // The squares of very small differences vanish, those of very large ones overflow.
  if (!(range > 0 && range < Number.POSITIVE_INFINITY)) return scores.map(() => 0.5);
  return scores.map((score) => fround(fround(score - lowest) / range));
}
