import type { NewRecord, VectorRecord } from "./entities.ts";
import type { Filter } from "./filter/filter.ts";
import { matchesFilter } from "./filter/matches-filter.ts";
import { type Measured, type SimilarityFunction, scoreOf } from "./similarity.ts";

/** The records of one namespace, in the order of insertion. */
export interface NamespaceMemory {
  readonly size: number;
  get(id: string): VectorRecord | undefined;
  /** The record as it will stand: one that exists keeps its place. */
  place(record: NewRecord, offset: number): VectorRecord;
  put(record: VectorRecord): void;
  remove(id: string): void;
  clear(): void;
  /** The ids of records that satisfy the test, in order. */
  idsWhere(test: (record: VectorRecord) => boolean): string[];
  nearest(input: {
    query: Measured;
    similarity: SimilarityFunction;
    topK: number;
    filter: Filter | undefined;
  }): { record: VectorRecord; score: number }[];
  /** Up to `limit` records from `ordinal` on, and the ordinal of the one after them. */
  page(input: { ordinal: number; limit: number; prefix: string }): {
    records: VectorRecord[];
    next: number | undefined;
  };
}

/** An empty namespace. */
export function createNamespaceMemory(): NamespaceMemory {
  const records = new Map<string, VectorRecord>();
  let nextOrdinal = 0;
  return {
    get size() {
      return records.size;
    },
    get: (id) => records.get(id),
    place(record, offset) {
      // An empty namespace counts from 0 again, so that cursors are small numbers.
      const first = records.size === 0 ? 0 : nextOrdinal;
      return { ...record, ordinal: records.get(record.id)?.ordinal ?? first + offset };
    },
    put(record) {
      if (records.size === 0) nextOrdinal = 0;
      records.set(record.id, record);
      nextOrdinal = Math.max(nextOrdinal, record.ordinal + 1);
    },
    remove: (id) => records.delete(id),
    clear: () => records.clear(),
    idsWhere: (test) => [...records.values()].filter(test).map((record) => record.id),
    nearest({ query, similarity, topK, filter }) {
      const found: { record: VectorRecord; score: number }[] = [];
      let worst = Number.NEGATIVE_INFINITY;
      for (const record of records.values()) {
        const score = scoreOf(similarity, query, record.measured);
        // Equal scores keep the order of insertion: a later one must be better to come in.
        if (found.length === topK && score <= worst) continue;
        if (filter && !matchesFilter(filter, record.metadata)) continue;
        insertByScore(found, { record, score });
        if (found.length > topK) found.pop();
        worst = found.at(-1)?.score ?? worst;
      }
      return found;
    },
    page({ ordinal, limit, prefix }) {
      const page: VectorRecord[] = [];
      for (const record of records.values()) {
        if (record.ordinal < ordinal || !record.id.startsWith(prefix)) continue;
        if (page.length === limit) return { records: page, next: record.ordinal };
        page.push(record);
      }
      return { records: page, next: undefined };
    },
  };
}

function insertByScore<Found extends { score: number }>(found: Found[], entry: Found): void {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((found[middle]?.score ?? 0) >= entry.score) low = middle + 1;
    else high = middle;
  }
  found.splice(low, 0, entry);
}
