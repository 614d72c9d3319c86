const firstCapacity = 4;

/** Which rows have a value in one dimension, in the order in which they came. */
export interface Postings {
  rows: Int32Array;
  values: Float32Array;
  /** How many entries there are, those of removed rows among them. */
  length: number;
  /** How many rows that are still there have a value here: the n of the inverse document frequency. */
  live: number;
}

/** A dimension that no row has a value in. */
export function createPostings(): Postings {
  return {
    rows: new Int32Array(firstCapacity),
    values: new Float32Array(firstCapacity),
    length: 0,
    live: 0,
  };
}

/** Adds the value of a row. */
export function addPosting(postings: Postings, row: number, value: number): void {
  const { length } = postings;
  if (length === postings.rows.length) {
    const rows = new Int32Array(length * 2);
    rows.set(postings.rows);
    postings.rows = rows;
    const values = new Float32Array(length * 2);
    values.set(postings.values);
    postings.values = values;
  }
  postings.rows[length] = row;
  postings.values[length] = value;
  postings.length += 1;
  postings.live += 1;
}
