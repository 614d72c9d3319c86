import { addPosting, createPostings, type Postings } from "./postings.ts";
import { createRowSums } from "./row-sums.ts";
import type { SparseVector } from "./sparse-vector.ts";

/** Removed rows are swept out when there are more of them than of the others, and at least so many. */
const fewestToSweep = 1024;

/** How the values of a query are weighted: by nothing, or by the inverse document frequency. */
export type Weighting = "IDF" | undefined;

/** The sparse vectors of one namespace as an inverted index: for each dimension the rows that have it. */
export interface SparseIndex {
  /** Adds a vector, or replaces the one of this id. */
  put(id: string, vector: SparseVector): void;
  remove(id: string): void;
  clear(): void;
  /**
   * Every record that shares a dimension with the query, in no particular order, with the inner product as a
   * float32.
   */
  match(query: SparseVector, weighting: Weighting, visit: (id: string, score: number) => void): void;
}

/** An empty index. */
export function createSparseIndex(): SparseIndex {
  const postings = new Map<number, Postings>();
  const entries = new Map<string, { row: number; vector: SparseVector }>();
  // A row is an id's place in the sums of a query; undefined once its vector is removed or replaced.
  let ids: (string | undefined)[] = [];
  const sums = createRowSums();

  const append = (id: string, vector: SparseVector) => {
    const row = ids.push(id) - 1;
    entries.set(id, { row, vector });
    for (const [at, dimension] of vector.indices.entries()) {
      const list = postings.get(dimension) ?? createPostings();
      postings.set(dimension, list);
      addPosting(list, row, vector.values[at] ?? 0);
    }
  };
  const drop = (id: string) => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    ids[entry.row] = undefined;
    for (const dimension of entry.vector.indices) {
      const list = postings.get(dimension);
      if (list) list.live -= 1;
    }
  };
  const sweep = () => {
    if (ids.length - entries.size <= Math.max(entries.size, fewestToSweep)) return;
    const kept = [...entries];
    postings.clear();
    ids = [];
    for (const [id, { vector }] of kept) append(id, vector);
  };

  return {
    put(id, vector) {
      drop(id);
      append(id, vector);
      sweep();
    },
    remove(id) {
      drop(id);
      sweep();
    },
    clear() {
      postings.clear();
      entries.clear();
      ids = [];
    },
    match(query, weighting, visit) {
      sums.reserve(ids.length);
      for (const [at, dimension] of query.indices.entries()) {
        const list = postings.get(dimension);
        if (!list) continue;
        const value = query.values[at] ?? 0;
        sums.add(list, weighting === "IDF" ? Math.fround(value * idf(entries.size, list.live)) : value);
      }
      sums.take((row, score) => {
        const id = ids[row];
        if (id !== undefined) visit(id, score);
      });
    },
  };
}

/** The inverse document frequency as the service documents it, as a float32. */
function idf(count: number, having: number): number {
  return Math.fround(Math.log(1 + (count - having + 0.5) / (having + 0.5)));
}
