import { assertNever } from "../../../kernel/assert-never.ts";
import { toFiniteFloat32 } from "../float32.ts";
import { measure, type SimilarityFunction, scoreOf } from "../similarity.ts";

const { fround } = Math;

/**
 * The score of two dense vectors with every step rounded to float32. The distance between two scores decides
 * what DBSF makes of them, so there the last bits show; elsewhere scores are computed in double.
 */
export function float32Score(
  similarity: SimilarityFunction,
  query: Float32Array,
  vector: Float32Array,
): number {
  switch (similarity) {
    case "COSINE": {
      const squares = [dot(query, query), dot(vector, vector)];
      if (!squares.every(isPlain)) return scoreOf(similarity, measure(query), measure(vector));
      const lengths = Math.sqrt(squares.reduce((product, square) => product * square, 1));
      return fround(fround(1 + fround(dot(query, vector) / lengths)) / 2);
    }
    case "EUCLIDEAN":
      return fround(1 / fround(1 + squaredDistance(query, vector)));
    case "DOT_PRODUCT":
      return toFiniteFloat32(fround(1 + dot(query, vector)) / 2);
    default:
      return assertNever(similarity);
  }
}

/** Whether a squared length is far from where products of float32 vanish or overflow. */
function isPlain(square: number): boolean {
  return square > 2 ** -100 && square < 2 ** 100;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum = fround(sum + fround((a[i] ?? 0) * (b[i] ?? 0)));
  return sum;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = fround((a[i] ?? 0) - (b[i] ?? 0));
    sum = fround(sum + fround(difference * difference));
  }
  return sum;
}
