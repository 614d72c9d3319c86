import { assertNever } from "../../../kernel/assert-never.ts";
import { decodeText } from "../decode-text.ts";
import { documentLimits } from "../document-limits.ts";
import { makeBlocks } from "../make-block.ts";
import type { MediaType } from "../media-type.ts";
import { type OpenDocument, pagelessDocument } from "../open-document.ts";
import { documentError } from "../rejection.ts";
import type { MarkupContent } from "./markup-content.ts";

/**
 * Parses a document of a format without pages.
 * @throws WaybillError `document_without_text`, `document_too_large`; for DOCX what `readDocx` throws as well
 */
export async function openMarkup(
  bytes: Uint8Array,
  mediaType: Exclude<MediaType, "application/pdf">,
): Promise<OpenDocument> {
  const { blocks, metadata } = await parseMarkup(bytes, mediaType);
  const characters = blocks.reduce((sum, block) => sum + block.text.length, 0);
  if (characters > documentLimits.characters) throw documentError("document_too_large", { characters });
  const counted = makeBlocks(blocks);
  if (counted.length === 0) throw documentError("document_without_text");
  return pagelessDocument(counted, metadata);
}

/** Each format brings a parser of its own: loaded when the first document of the format comes. */
async function parseMarkup(
  bytes: Uint8Array,
  mediaType: Exclude<MediaType, "application/pdf">,
): Promise<MarkupContent> {
  switch (mediaType) {
    case "text/html":
      return (await import("./html-blocks.ts")).readHtml(decodeText(bytes));
    case "text/markdown":
      return (await import("./markdown-blocks.ts")).readMarkdown(decodeText(bytes));
    case "text/plain":
      return (await import("./plain-text-blocks.ts")).readPlainText(decodeText(bytes));
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
      return (await import("./docx.ts")).readDocx(bytes);
    default:
      return assertNever(mediaType);
  }
}
