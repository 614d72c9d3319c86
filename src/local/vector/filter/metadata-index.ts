import { createFieldIndex, type FieldIndex } from "./field-index.ts";
import type { Filter, PathStep } from "./filter.ts";
import { valueAt } from "./value-at.ts";

/**
 * Finds the rows that a filter can match by the fields it names. A field is indexed when a filter first asks
 * for it, and kept up to date from then on.
 */
export interface MetadataIndex {
  /** Takes in a row, or its new metadata. */
  put(row: number, metadata: unknown): void;
  remove(row: number): void;
  clear(): void;
  /** Sets of rows among which all matches are; undefined when that would be more than `atMost` rows. */
  candidates(filter: Filter, atMost: number): RowSets | undefined;
}

type RowSets = readonly ReadonlySet<number>[];

/** An index over the rows that `rows` gives when a field is asked for the first time. */
export function createMetadataIndex(rows: () => Iterable<readonly [number, unknown]>): MetadataIndex {
  const fields = new Map<string, { readonly path: readonly PathStep[]; readonly index: FieldIndex }>();
  const fieldAt = (path: readonly PathStep[]): FieldIndex => {
    const key = JSON.stringify(path);
    const known = fields.get(key);
    if (known) return known.index;
    const index = createFieldIndex();
    for (const [row, metadata] of rows()) index.put(row, valueAt(metadata, path));
    fields.set(key, { path, index });
    return index;
  };
  const setsFor = (filter: Filter): RowSets | undefined => {
    switch (filter.kind) {
      case "and":
        return smallest(filter.parts.map(setsFor));
      case "or": {
        const parts = filter.parts.map(setsFor);
        return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
      }
      case "compare":
        return fieldAt(filter.path).comparing(filter.operator, filter.literal);
      case "in":
        return filter.negated ? undefined : fieldAt(filter.path).equalTo(filter.literals);
      case "contains":
        return filter.negated ? undefined : fieldAt(filter.path).containing(filter.literal);
      case "has-field":
        return filter.negated ? undefined : fieldAt(filter.path).present();
      case "glob":
        return undefined;
    }
  };
  return {
    put(row, metadata) {
      for (const { path, index } of fields.values()) index.put(row, valueAt(metadata, path));
    },
    remove(row) {
      for (const { index } of fields.values()) index.remove(row);
    },
    clear: () => fields.clear(),
    candidates(filter, atMost) {
      const sets = setsFor(filter);
      return sets && sizeOf(sets) <= atMost ? sets : undefined;
    },
  };
}

function smallest(parts: readonly (RowSets | undefined)[]): RowSets | undefined {
  return parts
    .filter((part) => part !== undefined)
    .reduce<RowSets | undefined>(
      (best, part) => (best === undefined || sizeOf(part) < sizeOf(best) ? part : best),
      undefined,
    );
}

function sizeOf(sets: RowSets): number {
  return sets.reduce((sum, set) => sum + set.size, 0);
}
