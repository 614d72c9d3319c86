/** A mark on the ruler above the waterfall. */
export interface RulerMark {
  readonly atMs: number;
  /** 0 to 1 along the time line. */
  readonly share: number;
}

/** Marks at round times (1, 2 or 5 times a power of ten), at most `most` of them after the first at 0. */
export function rulerMarks(totalMs: number, most: number): RulerMark[] {
  if (totalMs <= 0) return [{ atMs: 0, share: 0 }];
  const rough = totalMs / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stepMs = power * ([1, 2, 5, 10].find((factor) => power * factor >= rough) ?? 10);
  const marks = Math.floor(totalMs / stepMs + 1e-9) + 1;
  return Array.from({ length: marks }, (_, at) => ({ atMs: at * stepMs, share: (at * stepMs) / totalMs }));
}
