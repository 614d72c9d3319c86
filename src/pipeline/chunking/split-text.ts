import { countTokens } from "../documents/token-count.ts";

/** No token of cl100k_base is longer than this: a longer text has more tokens than `length / longestToken`. */
const longestToken = 128;

/**
 * Where a text may be parted, from the best place to the last resort: after a line, a sentence, a word, a
 * character. Each pattern matches one piece with the white space before it, as the tokenizer joins them too, so
 * that the counts of pieces add up.
 */
const pieces: readonly RegExp[] = [
  /\n*[^\n]+/g,
  /\s*\S[\s\S]*?(?:[.!?…][)"'’”\]]*(?=\s)|[。！？]|$)/g,
  /\s*\S+/g,
  /[\s\S]/gu,
];

/** A part of a text and its exact number of tokens. */
export interface TextPart {
  readonly text: string;
  readonly tokens: number;
}

/**
 * Parts of a text of at most `maxTokens` each, cut at the best place that gives parts small enough. Together they
 * are the text, but for the white space at the cuts. A single character of more tokens stays whole.
 */
export function splitText(text: string, maxTokens: number, finest = 0): TextPart[] {
  const pattern = pieces[finest];
  if (pattern === undefined) return [{ text, tokens: countTokens(text) }];
  const parts: TextPart[] = [];
  let open = "";
  let openTokens = 0;
  const close = () => {
    const part = open.trim();
    if (part !== "") parts.push(...partsOf(part, maxTokens, finest));
    open = "";
    openTokens = 0;
  };
  for (const [piece] of text.matchAll(pattern)) {
    const tokens = tokensUpTo(piece, maxTokens);
    if (openTokens + tokens > maxTokens) close();
    open += piece;
    openTokens += tokens;
  }
  close();
  return parts;
}

/** The part as it is when it fits; else cut at the next finer places. */
function partsOf(part: string, maxTokens: number, finest: number): TextPart[] {
  const tokens = tokensUpTo(part, maxTokens);
  return tokens <= maxTokens ? [{ text: part, tokens }] : splitText(part, maxTokens, finest + 1);
}

/** The tokens of a text, or infinity for one so long that it needs no counting to be beyond the limit. */
function tokensUpTo(text: string, maxTokens: number): number {
  return text.length > maxTokens * longestToken ? Number.POSITIVE_INFINITY : countTokens(text);
}

/** The last words of a text, at most `maxTokens`, from the begin of a sentence where one lies within reach. */
export function textTail(text: string, maxTokens: number): TextPart | undefined {
  // Words have five characters a token or so: what lies further back hardly ever fits.
  const reach = text.slice(-maxTokens * 8);
  const sentences = Array.from(
    reach.matchAll(/(?<=[.!?…][)"'’”\]]*\s+|\n|[。！？])\S/g),
    (match) => match.index,
  );
  const words = Array.from(reach.matchAll(/(?<=\s)\S/g), (match) => match.index);
  return firstThatFits(reach, sentences, maxTokens) ?? firstThatFits(reach, words, maxTokens);
}

/** The longest tail that fits; a longer tail has more tokens, so the begins are searched by halving. */
function firstThatFits(text: string, begins: readonly number[], maxTokens: number): TextPart | undefined {
  let low = 0;
  let high = begins.length;
  let found: TextPart | undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tail = text.slice(begins[middle]);
    const tokens = countTokens(tail);
    if (tokens <= maxTokens) {
      found = { text: tail, tokens };
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return found;
}
