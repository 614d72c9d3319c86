import { assertNever } from "../../kernel/assert-never.ts";
import { toFiniteFloat32 } from "./float32.ts";

/** How two vectors are compared; scores of all of them lie between 0 and 1. */
export type SimilarityFunction = "COSINE" | "EUCLIDEAN" | "DOT_PRODUCT";

/** Whom a score is for: a vector and its Euclidean length. */
export interface Measured {
  readonly vector: Float32Array;
  readonly length: number;
}

/** A vector with its length, computed once. */
export function measure(vector: Float32Array): Measured {
  return { vector, length: Math.sqrt(dot(vector, vector)) };
}

/** The score of a record for a query, as a float32: 1 for identical vectors. */
export function scoreOf(similarity: SimilarityFunction, query: Measured, record: Measured): number {
  switch (similarity) {
    case "COSINE": {
      const lengths = query.length * record.length;
      const cosine = lengths === 0 ? 0 : dot(query.vector, record.vector) / lengths;
      return Math.fround((1 + Math.min(1, Math.max(-1, cosine))) / 2);
    }
    case "EUCLIDEAN":
      return Math.fround(1 / (1 + squaredDistance(query.vector, record.vector)));
    case "DOT_PRODUCT":
      return toFiniteFloat32((1 + dot(query.vector, record.vector)) / 2);
    default:
      return assertNever(similarity);
  }
}

// Four sums at once let the processor overlap the additions: about twice as fast as one.
function dot(a: Float32Array, b: Float32Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const even = a.length - (a.length % 4);
  for (let i = 0; i < even; i += 4) {
    s0 += (a[i] ?? 0) * (b[i] ?? 0);
    s1 += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    s2 += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    s3 += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  for (let i = even; i < a.length; i += 1) s0 += (a[i] ?? 0) * (b[i] ?? 0);
  return s0 + s1 + s2 + s3;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference * difference;
  }
  return sum;
}
