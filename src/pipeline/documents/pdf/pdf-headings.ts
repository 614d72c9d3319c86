import type { OutlineEntry } from "../block.ts";
import type { PdfLine } from "./pdf-lines.ts";

/** A line's rank as a heading, 1 the highest, or undefined for a line that is none. */
export type HeadingLevel = (line: PdfLine, page: number) => number | undefined;

const longestHeading = 200;

/**
 * How headings are told apart: by the outline where the document has one, else by type larger than the body's.
 * @param bodySize the size in points that most of the text has
 */
export function headingLevels(outline: readonly OutlineEntry[], bodySize: number): HeadingLevel {
  if (!outline.some((entry) => entry.page !== null)) return (line) => levelBySize(line, bodySize);
  const byPage = Map.groupBy(outline, (entry) => entry.page);
  return (line, page) => levelByOutline(line, byPage.get(page) ?? [], bodySize);
}

/** Fixed ratios, not a ranking: a range of pages must not need to know the sizes on the others. */
function levelBySize(line: PdfLine, bodySize: number): number | undefined {
  const ratio = line.size / bodySize;
  if (ratio <= 1.15 || line.text.length > longestHeading || !/\p{L}/u.test(line.text)) return undefined;
  if (ratio >= 1.8) return 1;
  return ratio >= 1.4 ? 2 : 3;
}

function levelByOutline(
  line: PdfLine,
  entries: readonly OutlineEntry[],
  bodySize: number,
): number | undefined {
  if (entries.length === 0 || line.text.length > longestHeading) return undefined;
  const text = comparable(line.text);
  const exact = entries.find((entry) => {
    const title = comparable(entry.title);
    return text === title || withoutNumber(text) === title || text === withoutNumber(title);
  });
  if (exact !== undefined) return exact.level;
  if (line.size < bodySize * 1.1 || text === "") return undefined;
  // The page may say more than the outline, or go on over the next line.
  return entries.find((entry) => {
    const title = comparable(entry.title);
    return (
      text.startsWith(`${title} `) || title.startsWith(text) || withoutNumber(text).startsWith(`${title} `)
    );
  })?.level;
}

function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function withoutNumber(text: string): string {
  return text.replace(/^(?:(?:chapter|section|appendix|part) )?(?:\d+ |[a-z] (?=\d))*(?:\d+ )?/, "") || text;
}
