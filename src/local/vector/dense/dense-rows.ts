import type { Measured, SimilarityFunction } from "../similarity.ts";
import { createDenseBlock, type DenseBlock, rowsPerBlock } from "./dense-block.ts";

/** The dense vectors of a namespace, by row. They share one dimension. */
export interface DenseRows {
  /** Stores a vector in its row, and gives it back as it lies there. */
  write(row: number, vector: Measured): Measured;
  /**
   * Compares the query with the rows whose byte in `chosen` is 1, and tells each one's value: the
   * squared distance for EUCLIDEAN, the inner product otherwise, as float32 sums.
   */
  compare(
    input: { similarity: SimilarityFunction; query: Float32Array; chosen: Uint8Array },
    tell: (row: number, value: number) => void,
  ): void;
  clear(): void;
}

/** No rows yet. */
export function createDenseRows(): DenseRows {
  const blocks: DenseBlock[] = [];
  return {
    write(row, { vector, length }) {
      while (blocks.length * rowsPerBlock <= row) blocks.push(createDenseBlock(vector.length));
      const view = blocks[Math.floor(row / rowsPerBlock)]?.row(row % rowsPerBlock);
      if (view === undefined) throw new RangeError(`There is no row ${row}.`);
      view.set(vector);
      return { vector: view, length };
    },
    compare({ similarity, query, chosen }, tell) {
      for (const [at, block] of blocks.entries()) {
        const first = at * rowsPerBlock;
        const chosenHere = chosen.subarray(first, first + rowsPerBlock);
        if (!chosenHere.includes(1)) continue;
        const values = block.compare(similarity, query, chosenHere);
        for (let row = 0; row < values.length; row += 1) {
          if (chosenHere[row]) tell(first + row, values[row] ?? 0);
        }
      }
    },
    clear: () => {
      blocks.length = 0;
    },
  };
}
