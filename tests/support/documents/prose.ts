const vocabulary = (
  "the a of to and in is that for it as with on by this be are from or an which at not can has if more when one " +
  "value function object method class model data frame vector list matrix factor index name file table column row " +
  "package library version argument default returns called given used set number string character element length " +
  "order group level response formula estimate variance sample distribution density quantile random residual fitted " +
  "plot axis label colour margin device print format parse read write connection buffer stream encoding locale " +
  "environment variable scope closure expression language generic dispatch inherits slot validity namespace export " +
  "import install check build source binary platform system memory garbage pointer integer double complex logical"
).split(" ");

/** A source of text that is the same for the same seed. */
export interface Prose {
  /** The next number from 0 up to, not including, `below`. */
  next(below: number): number;
  /** So many words, without a full stop. */
  words(count: number): string;
  /** A sentence of 8 to 22 words. */
  sentence(): string;
}

/** Deterministic English-looking text (mulberry32 over a small vocabulary). */
export function createProse(seed: number): Prose {
  let state = seed >>> 0;
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const words = (count: number) =>
    Array.from({ length: count }, () => vocabulary[next(vocabulary.length)] ?? "word").join(" ");
  return {
    next,
    words,
    sentence() {
      const text = words(8 + next(15));
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}${next(9) === 0 ? ` (see section ${1 + next(40)})` : ""}.`;
    },
  };
}
