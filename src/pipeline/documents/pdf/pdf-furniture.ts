import type { PdfLine } from "./pdf-lines.ts";

/** One page and its lines. */
export interface PdfPage {
  readonly page: number;
  readonly lines: readonly PdfLine[];
}

const leastPages = 4;
const leastShare = 0.5;

/**
 * Takes away what is printed on every page and belongs to none: running headers and footers (the first or last
 * line that half of the pages or more share, numbers aside) and page numbers standing alone there.
 */
export function removeFurniture(pages: readonly PdfPage[]): PdfPage[] {
  if (pages.length < leastPages) return [...pages];
  const heads = repeated(pages.map(({ lines }) => lines.at(0)));
  const feet = repeated(pages.map(({ lines }) => lines.at(-1)));
  return pages.map(({ page, lines }) => {
    const from = lines.length > 1 && heads.has(pattern(lines.at(0))) ? 1 : 0;
    const to = lines.length > 1 + from && feet.has(pattern(lines.at(-1))) ? -1 : lines.length;
    return { page, lines: lines.slice(from, to) };
  });
}

function repeated(lines: readonly (PdfLine | undefined)[]): Set<string> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(pattern(line), (counts.get(pattern(line)) ?? 0) + 1);
  counts.delete("");
  return new Set([...counts].filter(([, count]) => count >= lines.length * leastShare).map(([key]) => key));
}

function pattern(line: PdfLine | undefined): string {
  return line?.text.trim().replace(/\d+/g, "#") ?? "";
}
