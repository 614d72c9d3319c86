import { assertNever } from "../../../kernel/assert-never.ts";
import type { Measured, SimilarityFunction } from "../similarity.ts";

/** A float32 comparison as a number that grows with the score, and how far it may be from the exact one. */
export interface Closeness {
  readonly value: number;
  readonly margin: number;
}

/** Half a unit in the last place of a float32, relative. */
const unit = 2 ** -24;
/** The smallest float32: what a product loses at most when it is too small for the relative bound. */
const smallest = 2 ** -149;
/** Beyond this a sum may have overflowed, and scores lie closer together than their relative rounding. */
const largest = 2 ** 125;
/** The sums that scan.wat keeps side by side: an error grows with the length of the longest. */
const sums = 16;

/**
 * How close a record is to the query by the value that a scan told. The margin bounds the error of a sum of
 * float32 products (Higham, Accuracy and Stability of Numerical Algorithms, §2.1 and §3.1) and the rounding
 * of the score itself, so that nothing that belongs among the best is ever left out. It is infinite where
 * float32 tells nothing: the record is then scored exactly.
 */
export function closenessOf(
  similarity: SimilarityFunction,
  told: number,
  query: Measured,
  record: Measured,
): Closeness {
  // Written so that the NaN of an overflow is caught too.
  if (!(Math.abs(told) < largest)) return { value: 0, margin: Number.POSITIVE_INFINITY };
  const relative = (query.vector.length / sums + sums) * unit;
  const lost = query.vector.length * smallest;
  switch (similarity) {
    case "COSINE": {
      const lengths = query.length * record.length;
      return lengths === 0 ? withMargin(0, 0) : withMargin(told / lengths, relative + lost / lengths);
    }
    case "DOT_PRODUCT":
      return withMargin(told, relative * query.length * record.length + lost);
    case "EUCLIDEAN":
      return withMargin(-told, relative * told + lost);
    default:
      return assertNever(similarity);
  }
}

function withMargin(value: number, error: number): Closeness {
  return { value, margin: error + 2 * unit * (1 + Math.abs(value)) };
}
