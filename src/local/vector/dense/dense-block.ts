import type { SimilarityFunction } from "../similarity.ts";
import { scansOver } from "./scan-module.ts";

/** A run of rows in a memory of their own. It never grows, so that views of its rows stay valid. */
export interface DenseBlock {
  /** The row as a view: what is written to it is stored. */
  row(at: number): Float32Array<ArrayBuffer>;
  /**
   * Compares the query with the first rows in float32, those that are `chosen` by a byte that is not zero:
   * squared distances for EUCLIDEAN, inner products otherwise. The answer is valid until the next call.
   */
  compare(similarity: SimilarityFunction, query: Float32Array, chosen: Uint8Array): Float32Array;
}

/** How many rows lie in one block: enough to make a call cheap, few enough to waste little on a small namespace. */
export const rowsPerBlock = 1024;

const pageBytes = 65_536;
/** scan.wat takes 64 bytes at a time. */
const strideBytes = 64;

/** An empty block for vectors of this dimension. */
export function createDenseBlock(dimension: number): DenseBlock {
  const rowBytes = Math.ceil((dimension * Float32Array.BYTES_PER_ELEMENT) / strideBytes) * strideBytes;
  const queryAt = rowsPerBlock * rowBytes;
  const outAt = queryAt + rowBytes;
  const chosenAt = outAt + rowsPerBlock * Float32Array.BYTES_PER_ELEMENT;
  const bytes = chosenAt + rowsPerBlock;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const scans = scansOver(memory);
  const buffer = memory.buffer;
  const queryRow = new Float32Array(buffer, queryAt, dimension);
  const out = new Float32Array(buffer, outAt, rowsPerBlock);
  const chosenRows = new Uint8Array(buffer, chosenAt, rowsPerBlock);
  return {
    row: (at) => new Float32Array(buffer, at * rowBytes, dimension),
    compare(similarity, query, chosen) {
      queryRow.set(query);
      chosenRows.set(chosen);
      const scan = similarity === "EUCLIDEAN" ? scans.distances : scans.dots;
      scan(queryAt, 0, chosen.length, rowBytes, chosenAt, outAt);
      return out.subarray(0, chosen.length);
    },
  };
}
