import type { ChunkSettings } from "./chunk.ts";
import { type Piece, piecesOf, repeatEnd } from "./piece.ts";
import type { SectionGroup } from "./section-groups.ts";

/** The pieces of one chunk, in order, and its exact number of tokens. */
export interface ChunkDraft {
  readonly pieces: readonly Piece[];
  readonly tokens: number;
}

/** Fills chunks with the blocks of a group in their order, each as full as the limit and the headings allow. */
export function cutGroup(group: SectionGroup, settings: ChunkSettings): ChunkDraft[] {
  const drafts: ChunkDraft[] = [];
  let open: Piece[] = [];
  let openTokens = 0;

  const emit = (pieces: readonly Piece[]) => {
    if (pieces.some((piece) => !piece.repeated)) drafts.push({ pieces, tokens: chunkTokens(pieces) });
  };
  const startWith = (pieces: Piece[]) => {
    open = pieces;
    openTokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  };
  const fits = (piece: Piece) => openTokens + piece.tokensAlone <= settings.maxTokens;

  for (const piece of group.flatMap((placed) => piecesOf(placed, settings))) {
    if (piece.kind === "heading" && openTokens > settings.maxTokens / 2 && open.at(-1)?.kind !== "heading") {
      // A subsection begins and the chunk is well filled: rather cut here than in the middle of what follows.
      emit(open);
      startWith([]);
    } else if (!fits(piece)) {
      const { body, headings } = partHeadings(open);
      emit(body);
      const last = body.at(-1);
      const end = headings.length === 0 && last ? repeatEnd(last, settings.overlapTokens) : undefined;
      startWith(end ? [end] : headings);
      if (!fits(piece)) {
        // Neither the repetition nor the headings leave room. Headings make a chunk; a repetition is let go.
        emit(open);
        startWith([]);
      }
    }
    open.push(piece);
    openTokens += piece.tokens;
  }
  emit(open);
  return drafts;
}

/** The headings at the end, which belong to what comes next, apart from the text before them. */
function partHeadings(pieces: readonly Piece[]): { body: Piece[]; headings: Piece[] } {
  const lastBody = pieces.findLastIndex((piece) => piece.kind !== "heading");
  return { body: pieces.slice(0, lastBody + 1), headings: pieces.slice(lastBody + 1) };
}

function chunkTokens(pieces: readonly Piece[]): number {
  const before = pieces.slice(0, -1).reduce((sum, piece) => sum + piece.tokens, 0);
  return before + (pieces.at(-1)?.tokensAlone ?? 0);
}
