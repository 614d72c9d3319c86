/** What was used of a meter in a month. Amounts are nano-USD. */
interface Used {
  readonly quantity: bigint;
  readonly nanoUsd: bigint;
}

/**
 * The part of what was used that a plan includes. Where a meter has several prices, the free units are taken from
 * all of them alike: which ones the provider gives away is not told.
 * @param allowance free units of the month
 */
export function freePart({ quantity, nanoUsd }: Used, allowance: number): Used {
  const free = BigInt(allowance);
  if (quantity === 0n || free >= quantity) return { quantity, nanoUsd };
  return { quantity: free, nanoUsd: (nanoUsd * free) / quantity };
}
