import type { Look } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import { type Scale, toPx } from "./scale.ts";

/** Nothing is drawn narrower than this, so that the shortest work is still seen. */
const leastPx = 2;

/** The bar of one span. */
export interface Piece {
  readonly place: number;
  readonly look: Look;
  readonly leftPx: number;
  readonly widthPx: number;
  readonly failed: boolean;
  readonly open: boolean;
}

/** The bars of spans, as far as they are in sight. */
export function barPieces(table: SpanTable, places: readonly number[], scale: Scale): Piece[] {
  return places.flatMap((place) => {
    const endMs = table.endMs[place] ?? 0;
    const drawn = clip(toPx(scale, table.startMs[place] ?? 0), toPx(scale, endMs), scale.widthPx);
    if (drawn === null) return [];
    return [
      {
        ...drawn,
        place,
        look: table.looks[place] ?? "other",
        failed: table.spans[place]?.status === "error",
        open: endMs === Number.POSITIVE_INFINITY,
      },
    ];
  });
}

/** What many spans of one row are drawn as: by look, stretches that run into each other made one. */
export type Band = Look | "failed" | "unexplained";

/** A stretch to be drawn, in ms since the origin. */
export interface BandStretch {
  readonly band: Band;
  readonly startMs: number;
  readonly endMs: number;
}

/** Left and right edges in px, one after the other, of each band. */
export type BandEdges = ReadonlyMap<Band, readonly number[]>;

/** Many spans as bands; a span that failed is also in the band `failed`. */
export function spanBands(table: SpanTable, places: readonly number[], scale: Scale): BandEdges {
  const bands = collectBands(scale);
  for (const place of places) {
    const startMs = table.startMs[place] ?? 0;
    const endMs = table.endMs[place] ?? 0;
    bands.add(table.looks[place] ?? "other", startMs, endMs);
    if (table.spans[place]?.status === "error") bands.add("failed", startMs, endMs);
  }
  return bands.edges;
}

/** Stretches, by their start, as bands. */
export function stretchBands(stretches: readonly BandStretch[], scale: Scale): BandEdges {
  const bands = collectBands(scale);
  for (const { band, startMs, endMs } of stretches) bands.add(band, startMs, endMs);
  return bands.edges;
}

/** Left and right edges of what is on the critical path, one after the other. */
export function criticalEdges(
  table: SpanTable,
  places: readonly number[],
  critical: Uint8Array,
  scale: Scale,
): readonly number[] {
  const bands = collectBands(scale);
  for (const place of places) {
    if (critical[place]) bands.add("step", table.startMs[place] ?? 0, table.endMs[place] ?? 0);
  }
  return bands.edges.get("step") ?? [];
}

function collectBands(scale: Scale) {
  const edges = new Map<Band, number[]>();
  return {
    edges,
    add(band: Band, startMs: number, endMs: number) {
      const drawn = clip(toPx(scale, startMs), toPx(scale, endMs), scale.widthPx);
      if (drawn === null) return;
      const right = drawn.leftPx + drawn.widthPx;
      const before = edges.get(band);
      if (before === undefined) edges.set(band, [drawn.leftPx, right]);
      else if (drawn.leftPx <= (before.at(-1) ?? 0) + 1)
        before[before.length - 1] = Math.max(before.at(-1) ?? 0, right);
      else before.push(drawn.leftPx, right);
    },
  };
}

/** What is in sight of a bar; null for nothing. */
function clip(from: number, to: number, widthPx: number): { leftPx: number; widthPx: number } | null {
  const right = Math.max(to, from + leastPx);
  if (right < 0 || from > widthPx) return null;
  // A little is left over at both sides, so that a bar that goes on has no end in sight.
  const leftPx = Math.max(from, -4);
  return { leftPx, widthPx: Math.min(right, widthPx + 4) - leftPx };
}
