/** The part of the time line that is in sight, in places on the line. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** No window is narrower than this, in ms. */
const leastWidth = 0.02;

/** The window with its bounds set right: within the line, and not narrower than can be read. */
export function fitWindow({ from, to }: Window, length: number): Window {
  const width = Math.min(length, Math.max(leastWidth, to - from));
  const start = Math.min(Math.max(0, from), length - width);
  return { from: start, to: start + width };
}

/** Makes the window `factor` times as wide; the place `around` stays where it is on the screen. */
export function zoomWindow(window: Window, length: number, factor: number, around: number): Window {
  return fitWindow(
    { from: around - (around - window.from) * factor, to: around + (window.to - around) * factor },
    length,
  );
}

/** Moves the window by a share of its width. */
export function panWindow({ from, to }: Window, length: number, share: number): Window {
  const by = (to - from) * share;
  return fitWindow({ from: from + by, to: to + by }, length);
}

/** Whether the window shows everything, but for what a hand cannot mean. */
export function isWhole({ from, to }: Window, length: number): boolean {
  return from <= length * 0.0005 && to >= length * 0.9995;
}

/** A window of another two places with some room at both sides, for what a person asked to see. */
export function windowAround(start: number, end: number, length: number): Window {
  const room = Math.max((end - start) * 0.08, leastWidth);
  return fitWindow({ from: start - room, to: end + room }, length);
}
