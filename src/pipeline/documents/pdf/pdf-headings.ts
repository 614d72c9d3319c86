import type { PdfLine } from "./pdf-lines.ts";
import type { PdfOutlineEntry } from "./pdf-outline.ts";

/** The headings of one page: the place of a line among the page's lines, and its level, 1 the highest. */
export type HeadingsOfPage = (lines: readonly PdfLine[], page: number) => ReadonlyMap<number, number>;

const longestHeading = 200;

/**
 * How headings are told apart: by the outline where the document has one, else by type larger than the body's.
 * @param bodySize the size in points that most of the text has
 */
export function findHeadings(outline: readonly PdfOutlineEntry[], bodySize: number): HeadingsOfPage {
  if (!outline.some((entry) => entry.page !== null)) return (lines) => headingsBySize(lines, bodySize);
  const byPage = Map.groupBy(outline, (entry) => entry.page);
  return (lines, page) => headingsByOutline(lines, byPage.get(page) ?? [], bodySize);
}

/** Fixed ratios, not a ranking: a range of pages must not need to know the sizes on the others. */
function headingsBySize(lines: readonly PdfLine[], bodySize: number): Map<number, number> {
  const headings = new Map<number, number>();
  lines.forEach(({ size, text }, index) => {
    const ratio = size / bodySize;
    if (ratio <= 1.15 || text.length > longestHeading || !/\p{L}/u.test(text)) return;
    headings.set(index, ratio >= 1.8 ? 1 : ratio >= 1.4 ? 2 : 3);
  });
  return headings;
}

/** For each entry the line that suits it best: a running header often says the same elsewhere, in smaller type. */
function headingsByOutline(
  lines: readonly PdfLine[],
  entries: readonly PdfOutlineEntry[],
  bodySize: number,
): Map<number, number> {
  const headings = new Map<number, number>();
  if (entries.length === 0) return headings;
  const texts = lines.map((line) => (line.text.length > longestHeading ? "" : comparable(line.text)));
  for (const { title: rawTitle, level, y } of entries) {
    const title = comparable(rawTitle);
    let best = -1;
    // Part of a title alone is no sign: it must stand in larger type or at the place.
    let bestRank = 1;
    lines.forEach((line, index) => {
      if (headings.has(index)) return;
      // An entry points at the upper edge of its heading or a little above.
      const near = y !== null && line.y < y + 4 && line.y > y - 48;
      const wording = matchWording(texts[index] ?? "", title);
      const rank = wording === 0 ? 0 : wording + (line.size >= bodySize * 1.1 ? 4 : 0) + (near ? 8 : 0);
      if (rank > bestRank) {
        best = index;
        bestRank = rank;
      }
    });
    if (best === -1) continue;
    headings.set(best, level);
    if (goesOn(texts, best, title)) headings.set(best + 1, level);
  }
  return headings;
}

/** How well a line's words suit a title: 0 not at all, 1 in part, 2 but for a number, 3 exactly. */
function matchWording(text: string, title: string): number {
  if (text === "" || title === "") return 0;
  if (text === title) return 3;
  if (withoutNumber(text) === title || text === withoutNumber(title)) return 2;
  // The page may say more than the outline, or go on over the next line.
  const partly =
    text.startsWith(`${title} `) ||
    title.startsWith(`${text} `) ||
    withoutNumber(text).startsWith(`${title} `);
  return partly ? 1 : 0;
}

/** Whether a title that the line at `index` begins is carried on by the next line. */
function goesOn(texts: readonly string[], index: number, title: string): boolean {
  const first = texts[index] ?? "";
  const second = texts[index + 1] ?? "";
  if (second === "" || first === title) return false;
  return (
    [title, withoutNumber(title)].includes(`${first} ${second}`) ||
    `${withoutNumber(first)} ${second}` === title
  );
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
