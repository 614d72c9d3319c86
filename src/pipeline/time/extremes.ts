/** The least of some numbers, however many; null of none. */
export function least(numbers: readonly number[]): number | null {
  return numbers.reduce<number | null>((low, number) => (low === null || number < low ? number : low), null);
}

/** The greatest of some numbers, however many; null of none. */
export function greatest(numbers: readonly number[]): number | null {
  return numbers.reduce<number | null>(
    (high, number) => (high === null || number > high ? number : high),
    null,
  );
}
