import { countTokens as countCl100k } from "gpt-tokenizer/encoding/cl100k_base";

// A document may spell out a special token; it is text like any other there.
const asPlainText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

/** The exact number of cl100k_base tokens of a text: what the embedding model will count. */
export function countTokens(text: string): number {
  return countCl100k(text, asPlainText);
}
