/** What a block is; tables carry one row a line, cells parted by " | ". */
export type BlockKind = "heading" | "paragraph" | "list" | "table" | "code";

/** A piece of a document that reads as one: never empty, without white space at its ends. */
export interface Block {
  readonly kind: BlockKind;
  /** Depth of a heading, 1 the highest; of headings alone. */
  readonly level?: number;
  readonly text: string;
  /** Tokens (cl100k_base) of the text with `blockBreak` after it, so that sums over blocks are exact. */
  readonly tokens: number;
}

/** A block before its tokens are counted. */
export type UncountedBlock = Omit<Block, "tokens">;

/** The blocks of one page. `page` counts from 1; null where the format has no pages. */
export interface PageBlocks {
  readonly page: number | null;
  readonly blocks: readonly Block[];
}

/** One entry of a document's outline, in reading order. */
export interface OutlineEntry {
  readonly title: string;
  /** 1 is the highest. */
  readonly level: number;
  /** The page it points at, from 1; null where the format has no pages or the target is missing. */
  readonly page: number | null;
}

/** What stands between two blocks of one text. */
export const blockBreak = "\n\n";
