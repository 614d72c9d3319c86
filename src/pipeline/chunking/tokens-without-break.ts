import { type Block, blockBreak } from "../documents/block.ts";
import { countTokens } from "../documents/token-count.ts";

const lastPiece = / ?[^\s\p{L}\p{N}]+$/u;

/**
 * The tokens of a block's text alone, exact, without counting the text again: `tokens` holds the line break too,
 * which cl100k_base joins with punctuation before it and with nothing else.
 */
export function tokensWithoutBreak(block: Pick<Block, "text" | "tokens">): number {
  const punctuation = lastPiece.exec(block.text.slice(-64))?.[0];
  if (punctuation === undefined) return block.tokens - 1;
  if (punctuation.length >= 64) return countTokens(block.text);
  return block.tokens - countTokens(punctuation + blockBreak) + countTokens(punctuation);
}
