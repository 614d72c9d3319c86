/** A piece of a document's text that is embedded and found as one. */
export interface Chunk {
  /** Its place among the document's chunks, from 0. */
  readonly ordinal: number;
  readonly text: string;
  /** The headings above its first body text, the highest first. */
  readonly headingPath: readonly string[];
  /** The pages its text comes from, overlap included; null where the format has no pages. */
  readonly firstPage: number | null;
  readonly lastPage: number | null;
  /** The exact number of cl100k_base tokens of `text`. */
  readonly tokens: number;
  /** SHA-256 of `text` in hex: the same text has the same hash wherever it stands. */
  readonly contentHash: string;
  /** How many characters at the begin of `text` repeat the end of the chunk before; 0 when none. */
  readonly overlapLength: number;
}

/** How text is cut; all in cl100k_base tokens. */
export interface ChunkSettings {
  /** The most that a chunk may have. */
  readonly maxTokens: number;
  /** How much of the chunk before may be repeated within the same section; 0 for none. */
  readonly overlapTokens: number;
  /** A top-level section of at most this size may share a chunk with its neighbour. */
  readonly tinySectionTokens: number;
}

/** Settings that suit paragraph-sized answers; docs/decisions/0014-chunking.md. */
export const defaultChunkSettings: ChunkSettings = {
  maxTokens: 512,
  overlapTokens: 48,
  tinySectionTokens: 96,
};
