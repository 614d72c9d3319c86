/** Where the words of a row's length stand. */
export interface PlacedLength {
  readonly words: string;
  /** From the left edge of the line, or from the right one. */
  readonly style: { readonly left: number } | { readonly right: number };
  /** Over the bar, as there is room neither behind nor before it. */
  readonly inside: boolean;
  /** What they cover. */
  readonly fromPx: number;
  readonly toPx: number;
}

/** The width of a letter, and the room beside the words. */
const letterPx = 6.5;
const besidePx = 16;
const gapPx = 6;

/**
 * Behind the bar, before it where there is no room behind, else over its end.
 * @param wordings the same in more and in fewer words; the first that finds room beside the bar is taken
 */
export function placeLength(
  bar: { leftPx: number; rightPx: number; widthPx: number },
  wordings: readonly [string, ...string[]],
): PlacedLength {
  const { leftPx, rightPx, widthPx } = bar;
  for (const words of wordings) {
    const roomPx = besidePx + words.length * letterPx;
    if (rightPx + roomPx <= widthPx) {
      const left = rightPx + gapPx;
      return { words, style: { left }, inside: false, fromPx: left, toPx: rightPx + roomPx };
    }
    if (leftPx >= roomPx) {
      const right = widthPx - leftPx + gapPx;
      return { words, style: { right }, inside: false, fromPx: leftPx - roomPx, toPx: leftPx };
    }
  }
  const words = wordings.at(-1) ?? "";
  const fromPx = widthPx - words.length * letterPx - besidePx;
  return { words, style: { right: gapPx }, inside: true, fromPx, toPx: widthPx };
}
