import { countTokens } from "gpt-tokenizer/encoding/cl100k_base";

const asPlainText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

/** The tokens that OpenAI's embedding models would charge for a text. */
export function tokensOf(text: string): number {
  return countTokens(text, asPlainText);
}
