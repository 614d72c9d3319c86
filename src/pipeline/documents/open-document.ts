import type { Block, OutlineEntry, PageBlocks } from "./block.ts";
import type { PageRange } from "./page-ranges.ts";

/** What inspection tells about a document. */
export interface DocumentFacts {
  /** Null where the format has no pages. */
  readonly pages: number | null;
  readonly outline: readonly OutlineEntry[];
  /** What the document says about itself, such as title and author; keys in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A parsed document that a worker keeps open, so that its ranges do not parse it again. */
export interface OpenDocument {
  /** @throws WaybillError `document_without_text` when no page has any text */
  facts(): DocumentFacts;
  /** @throws WaybillError `document_out_of_memory`, `document_too_large` */
  extract(range: PageRange): PageBlocks[];
  /**
   * The page, from 1, as a PNG; null where there is no such page or the format has none.
   * @throws WaybillError `document_out_of_memory`
   */
  draw(page: number): Uint8Array | null;
  /** Frees what the document holds outside the JavaScript heap. */
  close(): void;
}

/** A document without pages: all of its blocks stand on the page null. */
export function pagelessDocument(blocks: readonly Block[], metadata: Record<string, string>): OpenDocument {
  const outline = blocks.flatMap((block) =>
    block.kind === "heading" ? { title: block.text, level: block.level ?? 1, page: null } : [],
  );
  return {
    facts: () => ({ pages: null, outline, metadata }),
    extract: () => [{ page: null, blocks }],
    draw: () => null,
    close: () => undefined,
  };
}
