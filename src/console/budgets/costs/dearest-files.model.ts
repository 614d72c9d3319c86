/** What a thousand pages of a file cost, in nano-USD; null of a file without pages. Pure. */
export function perThousand(file: {
  readonly pages: number | null;
  readonly nanoUsd: string;
}): bigint | null {
  return file.pages === null || file.pages === 0
    ? null
    : (BigInt(file.nanoUsd) * 1_000n) / BigInt(file.pages);
}
