import { fnv1a } from "../../lexical/fnv1a.ts";
import { stem } from "../../lexical/stem.ts";
import { stopWords } from "../../lexical/stop-words.ts";
import { wordsOf } from "../../lexical/words.ts";
import { maxSparseDimensions, type SparseVector } from "../sparse/sparse-vector.ts";

// The constants that the service names for its BM25.
const k1 = 1.2;
const b = 0.75;
const averageLength = 32;

/**
 * A text to be stored, by BM25: each term weighs by how often it occurs and how long the text is. What a term
 * is worth among all texts (IDF) is left to the query. The rarest terms of a very long text are left out.
 */
export function bm25Document(text: string): SparseVector {
  const counts = termCounts(text);
  const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const saturation = k1 * (1 - b + b * (length / averageLength));
  const weights = Array.from(counts, ([term, count]): [number, number] => [
    term,
    (count * (k1 + 1)) / (count + saturation),
  ]);
  return toSparse(weights.sort((one, two) => two[1] - one[1]));
}

/** A text that is searched for, by BM25: each of its terms counts once. */
export function bm25Query(text: string): SparseVector {
  return toSparse(Array.from(termCounts(text).keys(), (term) => [term, 1]));
}

/** How often each stemmed word occurs, stop words left out, by its hash of 31 bits. */
function termCounts(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of wordsOf(text)) {
    if (stopWords.has(word)) continue;
    const term = fnv1a(stem(word)) >>> 1;
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

function toSparse(weights: readonly [term: number, weight: number][]): SparseVector {
  const kept = weights.slice(0, maxSparseDimensions).sort((one, two) => one[0] - two[0]);
  return {
    indices: Int32Array.from(kept, ([term]) => term),
    values: Float32Array.from(kept, ([, weight]) => weight),
  };
}
