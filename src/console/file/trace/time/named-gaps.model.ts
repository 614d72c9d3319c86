import { formatDuration } from "../../../format/duration.ts";
import { waitWords } from "../../../status/wait-words.ts";
import { isWait } from "../spans/span-look.ts";
import type { SpanTable } from "../spans/span-table.model.ts";
import type { BandStretch } from "./bar-pieces.model.ts";
import { type Scale, toPx } from "./scale.ts";

/** A wait that is long enough on the screen to be named there. */
export interface NamedGap {
  readonly key: string;
  readonly words: string;
  /** The middle of what is in sight of it. */
  readonly middlePx: number;
  /** How far its words reach from there. */
  readonly halfPx: number;
}

/** The width of a letter, and the room at the sides of a name. */
const letterPx = 6.2;
const besidePx = 20;

/** Names the waits among some stretches, those on which the name finds room. */
export function namedGaps(stretches: readonly BandStretch[], scale: Scale): NamedGap[] {
  return stretches.flatMap(({ band, startMs, endMs }) => {
    if (band === "failed" || (band !== "unexplained" && !isWait(band))) return [];
    const from = Math.max(0, toPx(scale, startMs));
    const to = Math.min(scale.widthPx, toPx(scale, endMs));
    const words = `${waitWords[band]} ${formatDuration(Math.min(endMs, scale.nowMs) - startMs)}`;
    if (to - from < words.length * letterPx + besidePx) return [];
    const halfPx = (words.length * letterPx) / 2;
    return [{ key: `${band} ${startMs}`, words, middlePx: (from + to) / 2, halfPx }];
  });
}

/** Whether other words lie over the name of a gap. */
export function covers(other: { fromPx: number; toPx: number }, { middlePx, halfPx }: NamedGap): boolean {
  return other.fromPx < middlePx + halfPx && other.toPx > middlePx - halfPx;
}

/** The spans at some places as stretches. */
export function stretchesOf(table: SpanTable, places: readonly number[]): BandStretch[] {
  return places.map((place) => ({
    band: table.looks[place] ?? "other",
    startMs: table.startMs[place] ?? 0,
    endMs: table.endMs[place] ?? 0,
  }));
}
