import { formatDuration } from "../../../format/duration.ts";
import { type TimeAxis, toLine, toTime } from "./time-axis.ts";
import type { Window } from "./window.model.ts";

/** A mark of the ruler. */
export interface RulerMark {
  /** Since the beginning of the stretch that the mark is in, in ms. */
  readonly atMs: number;
  /** 0 to 1 across the window. */
  readonly share: number;
}

/** Marks at round times, about `most` of them, counted anew after each cut. */
export function rulerMarks(axis: TimeAxis, window: Window, most: number): RulerMark[] {
  const width = window.to - window.from;
  const stepMs = roundStep(width / most);
  const marks: RulerMark[] = [];
  for (const stretch of stretchesOf(axis)) {
    const from = Math.max(window.from, stretch.from);
    const to = Math.min(window.to, stretch.to);
    if (from > to) continue;
    const startMs = toTime(axis, stretch.from);
    const first = Math.max(0, Math.ceil((toTime(axis, from) - startMs) / stepMs - 1e-9));
    for (let count = first; marks.length < most * 4; count += 1) {
      const place = toLine(axis, startMs + count * stepMs);
      if (place > to + 1e-9) break;
      marks.push({ atMs: count * stepMs, share: (place - window.from) / width });
    }
  }
  return marks;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Above ten seconds people count in minutes, hours and days. */
const clockSteps = [
  ...[10, 20, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
];

/** The next larger of 1, 2 or 5 times a power of ten; of minutes, hours and days from ten seconds on. */
function roundStep(rough: number): number {
  if (rough > 5 * secondMs && rough <= 12 * hourMs) return clockSteps.find((step) => step >= rough) ?? dayMs;
  if (rough > 12 * hourMs) return dayMs * roundStep(rough / dayMs);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => power * factor >= rough * (1 - 1e-9)) ?? 10);
}

function stretchesOf({ cuts, length }: TimeAxis): { from: number; to: number }[] {
  const ends = [...cuts.map(({ at }) => at), length];
  return ends.map((to, at) => {
    const before = cuts[at - 1];
    return { from: before ? before.at + before.width : 0, to };
  });
}

/** A mark's time in as few words as it takes: "0", "20 s", "2 min", "1 h 30 min". */
export function markWords(atMs: number): string {
  if (atMs === 0) return "0";
  const wholeMinutes = atMs >= minuteMs && atMs < 48 * hourMs && atMs % minuteMs === 0;
  if (!wholeMinutes) return formatDuration(atMs);
  const minutes = (atMs % hourMs) / minuteMs;
  const parts = [atMs >= hourMs ? `${Math.floor(atMs / hourMs)} h` : "", minutes > 0 ? `${minutes} min` : ""];
  return parts.filter(Boolean).join(" ");
}
