import { sha256Hex } from "../../kernel/hash.ts";
import { blockBreak, type PageBlocks } from "../documents/block.ts";
import type { Chunk, ChunkSettings } from "./chunk.ts";
import { cutGroup } from "./cut-group.ts";
import { placeBlocks } from "./placed-block.ts";
import { groupSections } from "./section-groups.ts";

/**
 * Cuts a document into chunks along its structure: within the token limit, never across a top-level section unless
 * one is tiny, a heading always with what follows it. Pure: the same input gives the same chunks.
 * @param pages all pages in order
 */
export function chunkDocument(pages: readonly PageBlocks[], settings: ChunkSettings): Chunk[] {
  const groups = groupSections(placeBlocks(pages), settings);
  return groups
    .flatMap((group) => cutGroup(group, settings))
    .map((draft, ordinal) => {
      const text = draft.pieces.map((piece) => piece.text).join(blockBreak);
      const numbered = draft.pieces.flatMap(({ page }) => page ?? []);
      const own = draft.pieces.find((piece) => !piece.repeated && piece.kind !== "heading");
      return {
        ordinal,
        text,
        headingPath: (own ?? draft.pieces.findLast((piece) => !piece.repeated))?.headingPath ?? [],
        firstPage: numbered.at(0) ?? null,
        lastPage: numbered.at(-1) ?? null,
        tokens: draft.tokens,
        contentHash: sha256Hex(text),
        overlapLength: draft.pieces[0]?.repeated ? draft.pieces[0].text.length : 0,
      };
    });
}
