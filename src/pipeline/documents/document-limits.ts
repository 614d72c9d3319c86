/** What one document may hold at most; beyond, it is refused as too large or too complex. */
export const documentLimits = {
  /** Pages of a PDF. */
  pages: 50_000,
  /** Characters of text in one page range, or in a whole document without pages. */
  characters: 40_000_000,
  /** Bytes of all parts of a DOCX together, inflated. */
  inflatedBytes: 256 * 1024 * 1024,
  /** How many times larger than the file a DOCX may become; small files are excused up to `alwaysInflatedBytes`. */
  inflationRatio: 150,
  alwaysInflatedBytes: 16 * 1024 * 1024,
  /** Parts of a DOCX. */
  zipEntries: 10_000,
  /** Objects of a PDF inside each other, and levels of its page tree. */
  nesting: 200,
  /** Entries of an outline that are kept. */
  outlineEntries: 20_000,
} as const;
