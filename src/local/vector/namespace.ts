import type { VectorRecord } from "./entities.ts";
import { createNamespaceMemory, type NamespaceMemory } from "./namespace-memory.ts";
import { createSparseIndex, type SparseIndex } from "./sparse/sparse-index.ts";

/** One namespace of an index: its records, and what finds them by their sparse vectors. */
export interface Namespace {
  readonly records: NamespaceMemory;
  readonly sparse: SparseIndex;
  put(record: VectorRecord): void;
  remove(id: string): void;
  clear(): void;
}

/** An empty namespace. */
export function createNamespace(): Namespace {
  const records = createNamespaceMemory();
  const sparse = createSparseIndex();
  return {
    records,
    sparse,
    put(record) {
      records.put(record);
      if (record.sparse) sparse.put(record.id, record.sparse);
    },
    remove(id) {
      records.remove(id);
      sparse.remove(id);
    },
    clear() {
      records.clear();
      sparse.clear();
    },
  };
}
