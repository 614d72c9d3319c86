/** A run of pages, both ends included, counted from 1. */
export interface PageRange {
  readonly firstPage: number;
  readonly lastPage: number;
}

/** How many pages a range aims at, and how many ranges a document has at most. */
export interface PageRangeSettings {
  readonly pagesPerRange: number;
  readonly maxRanges: number;
}

/** Chosen by measurement; docs/decisions/0013-page-ranges.md. */
const defaultPageRanges: PageRangeSettings = { pagesPerRange: 200, maxRanges: 16 };

/**
 * Divides `pages` into ranges whose lengths differ by at most one page, so that no range finishes long after the
 * others. A document without pages (null) is one range of one page.
 */
export function planPageRanges(
  pages: number | null,
  settings: PageRangeSettings = defaultPageRanges,
): PageRange[] {
  const total = pages ?? 1;
  const count = Math.min(settings.maxRanges, Math.ceil(total / settings.pagesPerRange));
  return Array.from({ length: count }, (_, index) => ({
    firstPage: Math.floor((index * total) / count) + 1,
    lastPage: Math.floor(((index + 1) * total) / count),
  }));
}
