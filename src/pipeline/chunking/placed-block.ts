import type { Block, PageBlocks } from "../documents/block.ts";

/** A block with its page and the headings above it; a heading stands in its own path. */
export interface PlacedBlock {
  readonly block: Block;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** The top-level section it belongs to, from 0; text before the first heading is a section too. */
  readonly section: number;
}

const topLevelNeeds = 2;

/**
 * All blocks of a document in reading order with their place in its structure. The top level is the highest
 * heading level that occurs at least twice: a single title above everything divides nothing.
 */
export function placeBlocks(pages: readonly PageBlocks[]): PlacedBlock[] {
  const topLevel = findTopLevel(pages);
  const placed: PlacedBlock[] = [];
  let open: { level: number; title: string }[] = [];
  let headingPath: readonly string[] = [];
  let section = 0;
  for (const { page, blocks } of pages) {
    for (const block of blocks) {
      if (block.kind === "heading") {
        const level = block.level ?? 1;
        open = [
          ...open.filter((heading) => heading.level < level),
          { level, title: block.text.replace(/\n/g, " ") },
        ];
        headingPath = open.map((heading) => heading.title);
        if (level <= topLevel && placed.length > 0) section += 1;
      }
      placed.push({ block, page, headingPath, section });
    }
  }
  return placed;
}

function findTopLevel(pages: readonly PageBlocks[]): number {
  const counts = new Map<number, number>();
  for (const { blocks } of pages) {
    for (const { kind, level = 1 } of blocks) {
      if (kind === "heading") counts.set(level, (counts.get(level) ?? 0) + 1);
    }
  }
  const levels = [...counts.keys()].sort((a, b) => a - b);
  return levels.find((level) => (counts.get(level) ?? 0) >= topLevelNeeds) ?? levels[0] ?? 1;
}
