import type { Vectors } from "./embedding/embed-text.ts";
import type { VectorRecord } from "./entities.ts";
import type { Filter } from "./filter/filter.ts";
import { matchesFilter } from "./filter/matches-filter.ts";
import { float32Score } from "./fusion/float32-score.ts";
import { type FusionAlgorithm, fuse } from "./fusion/fuse.ts";
import type { IndexSettings } from "./index-settings.ts";
import type { Namespace } from "./namespace.ts";
import { createRanking, type Ranked } from "./ranking.ts";
import { measure } from "./similarity.ts";
import type { Weighting } from "./sparse/sparse-index.ts";

/** What is searched for; it has the sides that are to be searched. */
export interface SearchRequest {
  readonly vectors: Vectors;
  readonly filter: Filter | undefined;
  readonly weighting: Weighting;
  readonly fusion: FusionAlgorithm;
}

/** A record that was found. */
export interface Hit {
  readonly record: VectorRecord;
  readonly score: number;
}

/** How many candidates each side gives to a fusion at least: ranks beyond hardly add to a sum. */
const fusedDepth = 100;

interface Search {
  readonly namespace: Namespace;
  readonly settings: IndexSettings;
  readonly request: SearchRequest;
}

/** The best `topK` records, the best first. */
export function search({ topK, ...input }: Search & { topK: number }): Hit[] {
  return searchSides({ ...input, topK, depth: Math.max(topK, fusedDepth), given: new Set() });
}

/**
 * The next records after those that a resumable query has given. Each side offers as many as are asked for,
 * and fusion knows no more than these: so the service's published scores come out.
 */
export function searchNext({
  count,
  ...input
}: Search & { count: number; given: ReadonlySet<string> }): Hit[] {
  return searchSides({ ...input, topK: count, depth: count });
}

type SideSearch = Search & { topK: number; depth: number; given: ReadonlySet<string> };

function searchSides(input: SideSearch): Hit[] {
  const { vectors, fusion } = input.request;
  const fused = vectors.dense !== undefined && vectors.sparse !== undefined;
  const sideInput = fused ? input : { ...input, depth: input.topK };
  const sides = [searchDense(sideInput), searchSparse(sideInput)];
  if (!fused) return sides.flat();
  const records = new Map(sides.flat().map(({ record }) => [record.id, record]));
  const scores = sides.map((side, at) =>
    side.map(({ record, score }) => ({
      id: record.id,
      score: at === 0 ? fusableScore(input, record) : score,
    })),
  );
  return fuse(fusion, scores)
    .flatMap(({ id, score }) => {
      const record = records.get(id);
      return record ? [{ record, score }] : [];
    })
    .slice(0, input.topK);
}

function searchDense({ namespace, settings, request, depth, given }: SideSearch): Hit[] {
  const { dense } = settings;
  const vector = request.vectors.dense;
  if (!dense || !vector) return [];
  return namespace.records
    .nearest({
      query: measure(vector),
      similarity: dense.similarityFunction,
      topK: depth + given.size,
      filter: request.filter,
    })
    .filter(({ record }) => !given.has(record.id))
    .slice(0, depth);
}

function fusableScore({ settings, request }: SideSearch, record: VectorRecord): number {
  const { dense } = settings;
  const query = request.vectors.dense;
  return dense && query && record.measured
    ? float32Score(dense.similarityFunction, query, record.measured.vector)
    : 0;
}

function searchSparse({ namespace, request, depth, given }: SideSearch): Hit[] {
  const { filter, weighting, vectors } = request;
  const ranking = createRanking<Hit & Ranked>(depth);
  if (!vectors.sparse) return [];
  namespace.sparse.match(vectors.sparse, weighting, (id, score) => {
    if (!ranking.mayEnter(score) || given.has(id)) return;
    const record = namespace.records.get(id);
    if (!record || (filter && !matchesFilter(filter, record.metadata))) return;
    ranking.offer({ record, score, ordinal: record.ordinal });
  });
  return [...ranking.items];
}
