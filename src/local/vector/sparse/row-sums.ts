import { toFiniteFloat32 } from "../float32.ts";
import type { Postings } from "./postings.ts";

/** The sums of one query, row by row; kept from query to query, so that none allocates for all rows. */
export interface RowSums {
  /** Makes room for so many rows. Call it before the first `add`. */
  reserve(rows: number): void;
  /** Adds the values of a dimension, times the weight of the query there. */
  add(postings: Postings, weight: number): void;
  /** Gives each row that was added to, in the order in which they were met, and is empty again. */
  take(visit: (row: number, sum: number) => void): void;
}

/** Sums of nothing. */
export function createRowSums(): RowSums {
  let sums = new Float32Array(0);
  let isTouched = new Uint8Array(0);
  let touched: number[] = [];
  return {
    reserve(rows) {
      if (sums.length >= rows) return;
      sums = new Float32Array(rows * 2);
      isTouched = new Uint8Array(rows * 2);
    },
    add({ rows, values, length }, weight) {
      for (let index = 0; index < length; index += 1) {
        const row = rows[index] ?? 0;
        if (isTouched[row] === 0) {
          isTouched[row] = 1;
          touched.push(row);
        }
        // Both steps round to float32: the product here, the sum in the array.
        sums[row] = (sums[row] ?? 0) + Math.fround(weight * (values[index] ?? 0));
      }
    },
    take(visit) {
      const rows = touched;
      touched = [];
      for (const row of rows) {
        const sum = sums[row] ?? 0;
        sums[row] = 0;
        isTouched[row] = 0;
        visit(row, toFiniteFloat32(sum));
      }
    },
  };
}
