/** A part of a whole, 0 to 1; 0 of nothing. Amounts are nano-USD as digits. Pure. */
export function shareOf(part: string, whole: string): number {
  const all = BigInt(whole);
  return all === 0n ? 0 : Number((BigInt(part) * 10_000n) / all) / 10_000;
}
