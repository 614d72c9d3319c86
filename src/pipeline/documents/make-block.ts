import { type Block, type BlockKind, blockBreak, type UncountedBlock } from "./block.ts";
import { countTokens } from "./token-count.ts";

/**
 * The tokenizer's work grows with the square of a run that has no boundary in it; no language writes words of
 * this length, so such a run is broken over lines before it is counted.
 */
const longestRun = 1000;
const letterRun = /\p{L}{1000}(?=\p{L})/gu;
const symbolRun = /[^\s\p{L}\p{N}]{1000}(?=[^\s\p{L}\p{N}])/gu;
// Not text: control characters, lone surrogates, byte-order marks, soft hyphens.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** A block with its tokens counted, or undefined when the text is empty. */
export function makeBlock(block: UncountedBlock): Block | undefined {
  const text = cleanText(block.text, block.kind);
  if (text === "") return undefined;
  return { ...block, text, tokens: countTokens(text + blockBreak) };
}

/** Blocks with their tokens counted; those without text are left out. */
export function makeBlocks(blocks: readonly UncountedBlock[]): Block[] {
  return blocks.flatMap((block) => makeBlock(block) ?? []);
}

/** One space between words, no white space at the ends; lists keep their indents, code its spaces as well. */
function cleanText(text: string, kind: BlockKind): string {
  const printable = text.replace(unprintable, "").replace(/\r\n?|[\u2028\u2029\u0085\f]/g, "\n");
  const trimmed = tidySpaces(printable, kind).trim();
  if (trimmed.length <= longestRun) return trimmed;
  return trimmed.replace(letterRun, "$&\n").replace(symbolRun, "$&\n");
}

function tidySpaces(text: string, kind: BlockKind): string {
  if (kind === "code") return text.replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n");
  if (kind !== "list") return text.replace(/[^\S\n]+/g, " ").replace(/ ?\n[ \n]*/g, "\n");
  return text
    .replace(/(?<=\S)[^\S\n]+/g, " ")
    .replace(/\s*\n(?=\s*?(\n|$))/g, "")
    .replace(/ +$/gm, "");
}
