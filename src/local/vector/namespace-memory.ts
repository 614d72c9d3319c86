import { createDenseRows } from "./dense/dense-rows.ts";
import { findNearest, type Nearest } from "./dense/find-nearest.ts";
import type { NewRecord, VectorRecord } from "./entities.ts";
import type { Filter } from "./filter/filter.ts";
import { matchesFilter } from "./filter/matches-filter.ts";
import { createMetadataIndex } from "./filter/metadata-index.ts";
import type { Measured, SimilarityFunction } from "./similarity.ts";

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
  /** The records whose dense vectors are nearest to the query, exactly. */
  nearest(input: {
    query: Measured;
    similarity: SimilarityFunction;
    topK: number;
    filter: Filter | undefined;
  }): Nearest[];
  /** Up to `limit` records from `ordinal` on, and the ordinal of the one after them. */
  page(input: { ordinal: number; limit: number; prefix: string }): {
    records: VectorRecord[];
    next: number | undefined;
  };
}

/** Beyond this share of the records it is quicker to compare all than to gather the candidates first. */
const candidateShare = 0.25;

/** An empty namespace. */
export function createNamespaceMemory(): NamespaceMemory {
  const records = new Map<string, VectorRecord>();
  /** Where a record lies in `recordAt`, in the dense rows and in the metadata index. */
  const rowOf = new Map<string, number>();
  const recordAt: (VectorRecord | undefined)[] = [];
  const freeRows: number[] = [];
  const dense = createDenseRows();
  const byMetadata = createMetadataIndex(function* () {
    for (const [row, record] of recordAt.entries()) if (record) yield [row, record.metadata] as const;
  });
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
      nextOrdinal = Math.max(nextOrdinal, record.ordinal + 1);
      const row = rowOf.get(record.id) ?? freeRows.pop() ?? recordAt.length;
      const stored = { ...record, measured: record.measured && dense.write(row, record.measured) };
      records.set(record.id, stored);
      rowOf.set(record.id, row);
      recordAt[row] = stored;
      byMetadata.put(row, record.metadata);
    },
    remove(id) {
      const row = rowOf.get(id);
      if (row === undefined) return;
      records.delete(id);
      rowOf.delete(id);
      recordAt[row] = undefined;
      freeRows.push(row);
      byMetadata.remove(row);
    },
    clear() {
      for (const rows of [records, rowOf, dense, byMetadata]) rows.clear();
      recordAt.length = 0;
      freeRows.length = 0;
    },
    idsWhere: (test) => [...records.values()].filter(test).map((record) => record.id),
    nearest({ filter, ...wanted }) {
      const candidates = filter && byMetadata.candidates(filter, records.size * candidateShare);
      const allows = (record: VectorRecord) => !filter || matchesFilter(filter, record.metadata);
      return findNearest(dense, recordAt, { ...wanted, candidates, allows });
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
