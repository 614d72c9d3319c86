import type { VectorRecord } from "../entities.ts";
import { createRanking, type Ranked } from "../ranking.ts";
import { type Measured, type SimilarityFunction, scoreOf } from "../similarity.ts";
import { closenessOf } from "./closeness.ts";
import type { DenseRows } from "./dense-rows.ts";

/** A record and its score. */
export interface Nearest {
  readonly record: VectorRecord;
  readonly score: number;
}

interface Wanted {
  readonly query: Measured;
  readonly similarity: SimilarityFunction;
  readonly topK: number;
  /** Sets of rows among which all are that `allows` lets pass; undefined when it may be any row. */
  readonly candidates: readonly ReadonlySet<number>[] | undefined;
  /** Whether a record may be among the answers. */
  readonly allows: (record: VectorRecord) => boolean;
}

/**
 * The best records; equal scores keep the order of insertion. A float32 scan says for each candidate between
 * which bounds its score lies; whatever may be among the best by its upper bound is then scored exactly.
 */
export function findNearest(
  rows: DenseRows,
  recordAt: readonly (VectorRecord | undefined)[],
  { query, similarity, topK, candidates, allows }: Wanted,
): Nearest[] {
  const lowerBounds = createRanking<Ranked>(topK);
  const possible: { record: VectorRecord; measured: Measured; upper: number }[] = [];
  const chosen = choose(candidates, recordAt.length);
  rows.compare({ similarity, query: query.vector, chosen }, (row, told) => {
    const record = recordAt[row];
    if (!record?.measured) return;
    const { measured } = record;
    const { value, margin } = closenessOf(similarity, told, query, measured);
    const upper = value + margin;
    if (!lowerBounds.mayEnter(upper) || !allows(record)) return;
    possible.push({ record, measured, upper });
    lowerBounds.offer({ score: value - margin, ordinal: row });
  });
  const best = createRanking<Nearest & Ranked>(topK);
  for (const { record, measured, upper } of possible) {
    if (!lowerBounds.mayEnter(upper)) continue;
    const score = scoreOf(similarity, query, measured);
    if (best.mayEnter(score)) best.offer({ record, score, ordinal: record.ordinal });
  }
  return [...best.items];
}

/** One byte a row: 1 for those that are to be compared. */
function choose(candidates: Wanted["candidates"], rowCount: number): Uint8Array {
  const chosen = new Uint8Array(rowCount);
  if (!candidates) return chosen.fill(1);
  for (const rows of candidates) for (const row of rows) chosen[row] = 1;
  return chosen;
}
