import type { grains } from "../../db/schema/rollups.ts";

/** How wide a rollup's bucket is. */
type Grain = (typeof grains)[number];

/** Buckets of one grain that are to be added to a span of time's sum, or taken away from it. */
export interface Segment {
  /** Which of the spans, from 0. */
  readonly place: number;
  readonly sign: 1 | -1;
  readonly grain: Grain;
  readonly from: Date;
  readonly to: Date;
}

type Piece = Omit<Segment, "place" | "from" | "to"> & { readonly from: number; readonly to: number };

const widthMs = { quarter: 15 * 60_000, hour: 60 * 60_000, day: 24 * 60 * 60_000 } as const;

/**
 * The fewest buckets that make up the spans between boundaries. A span is covered from within, or, as a day of
 * a time zone is best, by the days of UTC nearest to it, plus and minus what they differ by.
 * @param boundaries in ascending order, each on a quarter hour of UTC
 */
export function cover(boundaries: readonly Date[]): Segment[] {
  return boundaries.slice(0, -1).flatMap((from, place) => {
    const [fromMs, toMs] = [from.getTime(), (boundaries[place + 1] ?? from).getTime()];
    const [within, around] = [coverWithin(fromMs, toMs), coverAround(fromMs, toMs)];
    return (size(within) <= size(around) ? within : around).map((piece) => ({
      ...piece,
      place,
      from: new Date(piece.from),
      to: new Date(piece.to),
    }));
  });
}

function coverWithin(from: number, to: number): Piece[] {
  const [firstHour, lastHour] = inner(from, to, "hour");
  const [firstDay, lastDay] = inner(firstHour, lastHour, "day");
  return [
    piece("quarter", from, firstHour),
    piece("hour", firstHour, firstDay),
    piece("day", firstDay, lastDay),
    piece("hour", lastDay, lastHour),
    piece("quarter", lastHour, to),
  ].filter((part) => part.from < part.to);
}

/** The part of a span that whole buckets fill; where there is none, all of it lies before. */
function inner(from: number, to: number, grain: Grain): [number, number] {
  const width = widthMs[grain];
  const first = Math.ceil(from / width) * width;
  const last = Math.floor(to / width) * width;
  return first < last ? [first, last] : [to, to];
}

function coverAround(from: number, to: number): Piece[] {
  const days = piece("day", nearestDay(from), nearestDay(to));
  return [...(days.from < days.to ? [days] : []), ...beyond(to, 1), ...beyond(from, -1)];
}

function nearestDay(at: number): number {
  return Math.round(at / widthMs.day) * widthMs.day;
}

/** What lies between the nearest day's beginning and a time, with the sign that brings the sum to that time. */
function beyond(at: number, sign: 1 | -1): Piece[] {
  const day = nearestDay(at);
  if (at >= day) return coverWithin(day, at).map((part) => ({ ...part, sign }));
  return coverWithin(at, day).map((part) => ({ ...part, sign: sign === 1 ? -1 : 1 }));
}

function piece(grain: Grain, from: number, to: number): Piece {
  return { sign: 1, grain, from, to };
}

function size(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { grain, from, to }) => sum + (to - from) / widthMs[grain], 0);
}
