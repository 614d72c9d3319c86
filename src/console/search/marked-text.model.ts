/** A piece of text; `marked` when a word of the query begins there. */
export interface TextPiece {
  readonly key: number;
  readonly text: string;
  readonly marked: boolean;
}

const ordinaryWords = new Set(
  "a an and are as at by for from in is it of on or that the to was what with".split(" "),
);

/**
 * Cuts text where words of the query stand in it: whole words or their beginnings, without regard to case. Words
 * that stand everywhere are left unmarked unless the query has no others.
 */
export function markTerms(text: string, query: string): TextPiece[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !ordinaryWords.has(word));
  const terms = telling.length > 0 ? telling : words;
  if (terms.length === 0) return [{ key: 0, text, marked: false }];
  const longestFirst = [...new Set(terms)].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > from) pieces.push({ key: from, text: text.slice(from, found.index), marked: false });
    pieces.push({ key: found.index, text: found[0], marked: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ key: from, text: text.slice(from), marked: false });
  return pieces;
}
