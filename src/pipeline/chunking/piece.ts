import { type BlockKind, blockBreak } from "../documents/block.ts";
import { countTokens } from "../documents/token-count.ts";
import type { ChunkSettings } from "./chunk.ts";
import type { PlacedBlock } from "./placed-block.ts";
import { splitText, type TextPart, textTail } from "./split-text.ts";
import { tokensWithoutBreak } from "./tokens-without-break.ts";

/** A block, or a part of one that is larger than a chunk, on its way into a chunk. */
export interface Piece {
  readonly text: string;
  readonly kind: BlockKind;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** Tokens with the break to the next block. */
  readonly tokens: number;
  /** Tokens of the text alone, as the last piece of a chunk has no break after it. */
  readonly tokensAlone: number;
  /** True for the end of the chunk before, repeated at the begin. */
  readonly repeated: boolean;
}

/**
 * The block as one piece, or as several when it has more tokens than a chunk; those leave room for the end of the
 * piece before, as a chunk would otherwise be full without its overlap.
 */
export function piecesOf(placed: PlacedBlock, settings: ChunkSettings): Piece[] {
  const { maxTokens, overlapTokens } = settings;
  const tokensAlone = tokensWithoutBreak(placed.block);
  if (tokensAlone > maxTokens) {
    const partTokens = Math.max(maxTokens - overlapTokens, Math.ceil(maxTokens / 2));
    return splitText(placed.block.text, partTokens).map((part) => pieceOf(placed, part));
  }
  const { text, kind, tokens } = placed.block;
  return [
    { text, kind, page: placed.page, headingPath: placed.headingPath, tokens, tokensAlone, repeated: false },
  ];
}

/** The end of a piece, to stand once more at the begin of the next chunk; undefined when nothing of it fits. */
export function repeatEnd(piece: Piece, maxTokens: number): Piece | undefined {
  if (piece.kind === "heading" || maxTokens < 1) return undefined;
  if (piece.tokens <= maxTokens) return { ...piece, repeated: true };
  // One token less: the break may need it.
  const tail = textTail(piece.text, maxTokens - 1);
  if (tail === undefined) return undefined;
  return {
    ...piece,
    text: tail.text,
    tokens: withBreak(tail.text),
    tokensAlone: tail.tokens,
    repeated: true,
  };
}

function pieceOf(placed: PlacedBlock, part: TextPart): Piece {
  return {
    text: part.text,
    kind: placed.block.kind,
    page: placed.page,
    headingPath: placed.headingPath,
    tokens: withBreak(part.text),
    tokensAlone: part.tokens,
    repeated: false,
  };
}

function withBreak(text: string): number {
  return countTokens(text + blockBreak);
}
