import type { MarkupContent } from "./markup-content.ts";

/** Plain text by its paragraphs, which a blank line or a form feed parts; line breaks inside stay. */
export function readPlainText(text: string): MarkupContent {
  const paragraphs = text.replace(/\r\n?/g, "\n").split(/\n[^\S\n]*(?:\n[^\S\n]*)+|\f/);
  return { blocks: paragraphs.map((paragraph) => ({ kind: "paragraph", text: paragraph })), metadata: {} };
}
