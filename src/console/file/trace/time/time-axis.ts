/** A stretch of time in ms since the origin. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** A stretch that the time line leaves out: a place on the line stands for it. */
interface Cut extends Stretch {
  /** Where it begins on the line, and how long it is there. */
  readonly at: number;
  readonly width: number;
}

/**
 * The time line. Where nobody did or waited for anything (a requeue came hours later), a short mark stands for the
 * idle time, so that the work on both sides can be seen. A place on the line is a number of ms less what was cut.
 */
export interface TimeAxis {
  readonly cuts: readonly Cut[];
  readonly length: number;
}

/** Idle time is cut when it is longer than this share of all other time, to the second share. */
const longShare = 0.25;
const shownShare = 0.03;

/** @param idle stretches in which nothing happened, by their start, none within another */
export function makeTimeAxis(endMs: number, idle: readonly Stretch[]): TimeAxis {
  const busyMs = endMs - idle.reduce((sum, each) => sum + (each.endMs - each.startMs), 0);
  const cuts: Cut[] = [];
  let savedMs = 0;
  for (const { startMs, endMs: until } of idle) {
    const lengthMs = until - startMs;
    if (busyMs <= 0 || lengthMs <= busyMs * longShare) continue;
    const width = busyMs * shownShare;
    cuts.push({ startMs, endMs: until, at: startMs - savedMs, width });
    savedMs += lengthMs - width;
  }
  return { cuts, length: Math.max(endMs - savedMs, 0.001) };
}

/** Where a time stands on the line. */
export function toLine({ cuts }: TimeAxis, ms: number): number {
  let savedMs = 0;
  for (const cut of cuts) {
    if (ms <= cut.startMs) break;
    const length = cut.endMs - cut.startMs;
    if (ms < cut.endMs) return cut.at + ((ms - cut.startMs) / length) * cut.width;
    savedMs += length - cut.width;
  }
  return ms - savedMs;
}

/** The time of a place on the line. */
export function toTime({ cuts }: TimeAxis, place: number): number {
  let savedMs = 0;
  for (const cut of cuts) {
    if (place <= cut.at) break;
    const length = cut.endMs - cut.startMs;
    if (place < cut.at + cut.width) return cut.startMs + ((place - cut.at) / cut.width) * length;
    savedMs += length - cut.width;
  }
  return place + savedMs;
}

/** How long a time is after the beginning of its stretch: since the last cut, as the ruler has it. */
export function sinceCut({ cuts }: TimeAxis, ms: number): number {
  return ms - (cuts.findLast((cut) => cut.endMs <= ms)?.endMs ?? 0);
}

/** The time between stretches that are given by their start, where none of them is. */
export function idleBetween(busy: readonly Stretch[]): Stretch[] {
  const idle: Stretch[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (const { startMs, endMs } of busy) {
    if (startMs > until) idle.push({ startMs: until, endMs: startMs });
    until = until === Number.POSITIVE_INFINITY ? endMs : Math.max(until, endMs);
  }
  return idle;
}
