import { type PdfLine, type PdfOutlineItem, writePdf } from "./pdf-writer.ts";
import { createProse, type Prose } from "./prose.ts";

/** How a manual is built. */
export interface ManualOptions {
  pages: number;
  /** Pages of one chapter; each chapter has a section on every second page. */
  pagesPerChapter?: number;
  seed?: number;
  compress?: boolean;
  /** False leaves the outline away, so that headings can only be told by their size. */
  outline?: boolean;
}

const lineHeight = 12;
const columns = 92;

/**
 * A text PDF with the structure of a reference manual: chapters, numbered sections, paragraphs of about 2 kB a
 * page, a running header and a page number, an outline. The same options give the same bytes.
 */
export function manualPdf(options: ManualOptions): Buffer {
  const prose = createProse(options.seed ?? 1);
  const pagesPerChapter = options.pagesPerChapter ?? 10;
  const outline: PdfOutlineItem[] = [];
  const pages = Array.from({ length: options.pages }, (_, index) => {
    const inChapter = index % pagesPerChapter;
    const chapter = Math.floor(index / pagesPerChapter) + 1;
    const headings: PdfLine[] = [];
    let y = 770;
    if (inChapter === 0) {
      const title = `Chapter ${chapter} ${prose.words(3)}`;
      outline.push({ title, page: index + 1, children: [] });
      headings.push({ text: title, x: 72, y, size: 20, bold: true });
      y -= 36;
    }
    if (inChapter % 2 === 0) {
      const title = `${chapter}.${inChapter / 2 + 1} ${prose.words(4)}`;
      outline.at(-1)?.children?.push({ title, page: index + 1 });
      headings.push({ text: title, x: 72, y, size: 14, bold: true });
      y -= 24;
    }
    return [runningHeader(chapter), ...headings, ...paragraphs(prose, y), pageNumber(index + 1)];
  });
  return writePdf({
    pages,
    ...(options.outline === false ? {} : { outline }),
    info: { Title: "Reference manual", Author: "Waybill" },
    compress: options.compress ?? false,
  });
}

function runningHeader(chapter: number): PdfLine {
  return { text: `Chapter ${chapter}`, x: 72, y: 805, size: 8 };
}

function pageNumber(page: number): PdfLine {
  return { text: String(page), x: 290, y: 40, size: 8 };
}

/** Paragraphs from `fromY` down to the foot of the page, a blank half line between them. */
function paragraphs(prose: Prose, fromY: number): PdfLine[] {
  const lines: PdfLine[] = [];
  let y = fromY;
  while (y > 490) {
    const text = Array.from({ length: 2 + prose.next(4) }, () => prose.sentence()).join(" ");
    for (const line of wrap(text)) {
      lines.push({ text: line, x: 72, y, size: 9.5 });
      y -= lineHeight;
    }
    y -= lineHeight / 2;
  }
  return lines;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.length + word.length >= columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
