import type { SpanTable } from "../spans/span-table.model.ts";

const unknown = 0;
const walking = 1;
const rooted = 2;

/**
 * The place of each span's parent; -1 where there is none in the table. Spans that name each other as parents
 * would be reached from nowhere: there the circle is cut.
 */
export function parentPlaces(table: SpanTable): Int32Array {
  const { spans, placeOf } = table;
  const parents = new Int32Array(spans.length).fill(-1);
  for (const [place, { parentSpanId }] of spans.entries()) {
    if (parentSpanId !== null) parents[place] = placeOf.get(parentSpanId) ?? -1;
  }
  const state = new Uint8Array(spans.length);
  for (let first = 0; first < spans.length; first += 1) {
    const path: number[] = [];
    let place = first;
    while (place !== -1 && state[place] === unknown) {
      state[place] = walking;
      path.push(place);
      place = parents[place] ?? -1;
    }
    if (place !== -1 && state[place] === walking) parents[place] = -1;
    for (const walked of path) state[walked] = rooted;
  }
  return parents;
}
