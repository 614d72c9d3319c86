const largest = 2 ** 128 - 2 ** 104;

/** A number as a float32; one beyond its range is the largest there is, since JSON has no infinity. */
export function toFiniteFloat32(value: number): number {
  return Math.fround(Math.min(largest, Math.max(-largest, value)));
}

/**
 * The number whose decimal is the shortest that rounds back to this float32: what the service prints. A
 * double of the same value would print seventeen digits.
 */
export function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  // Six digits name at most one (normal) float32, so no shorter decimal needs a try of its own.
  for (const digits of [6, 7, 8]) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return Number(single.toPrecision(9));
}
