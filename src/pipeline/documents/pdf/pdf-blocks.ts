import type { UncountedBlock } from "../block.ts";
import type { HeadingsOfPage } from "./pdf-headings.ts";
import type { PdfLine } from "./pdf-lines.ts";

type LineKind = "heading" | "list" | "code" | "paragraph";

interface OpenBlock {
  kind: LineKind;
  level: number | undefined;
  lines: PdfLine[];
}

const bullet = /^(?:[•◦▪‣●○■–—*·-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/i;

/** The lines of one page put together to headings, paragraphs, lists and code. */
export function pdfBlocks(
  lines: readonly PdfLine[],
  page: number,
  headingsOfPage: HeadingsOfPage,
): UncountedBlock[] {
  const leading = usualLeading(lines);
  const headings = headingsOfPage(lines, page);
  const blocks: OpenBlock[] = [];
  lines.forEach((line, index) => {
    const level = headings.get(index);
    const open = blocks.at(-1);
    const previous = open?.lines.at(-1);
    const kind = lineKind(line, level);
    if (open && previous && continues(open, previous, { line, kind, level, leading })) open.lines.push(line);
    else blocks.push({ kind, level, lines: [line] });
  });
  return blocks.map(toBlock);
}

function lineKind(line: PdfLine, level: number | undefined): LineKind {
  if (level !== undefined) return "heading";
  if (line.monospaced) return "code";
  return bullet.test(line.text.trimStart()) ? "list" : "paragraph";
}

/** The distance between baselines in points that most lines keep; 0 when there is none to tell. */
function usualLeading(lines: readonly PdfLine[]): number {
  const gaps = lines.slice(1).map((line, index) => (lines[index]?.y ?? 0) - line.y);
  const down = gaps.filter((gap) => gap > 0).sort((a, b) => a - b);
  // Below the middle: the gaps between paragraphs are among them too.
  return down[Math.floor(down.length * 0.4)] ?? 0;
}

interface NextLine {
  line: PdfLine;
  kind: LineKind;
  level: number | undefined;
  leading: number;
}

function continues(open: OpenBlock, previous: PdfLine, next: NextLine): boolean {
  const { line, kind, level, leading } = next;
  const sameSize = Math.abs(line.size - previous.size) <= previous.size * 0.1;
  const gap = previous.y - line.y;
  if (!sameSize) return false;
  if (open.kind === "heading" || kind === "heading") return open.level === level && gap <= line.size * 1.6;
  if (kind === "code" || open.kind === "code") return kind === open.kind && gap <= leading * 2.2;
  if (kind === "list") return open.kind === "list" && gap <= leading * 1.8;
  const ended = /[.!?:;]["'’”)\]]*\s*$/.test(previous.text);
  // Upwards: the next column. The sentence goes on there or it does not.
  if (gap < -line.size) return !ended;
  if (gap > leading * 1.25) return false;
  // Indented after a full stop: a new paragraph; in the middle of a sentence: a hanging indent.
  const indented = line.x - previous.x > line.size * 0.8;
  return open.kind === "list" || !(indented && ended);
}

function toBlock(block: OpenBlock): UncountedBlock {
  const texts = block.lines.map((line) => line.text.trim());
  if (block.kind === "code") return { kind: "code", text: indentedLines(block.lines) };
  if (block.kind === "list") return { kind: "list", text: joinLines(texts, (text) => bullet.test(text)) };
  const text = joinLines(texts, () => false);
  if (block.kind === "heading") return { kind: "heading", level: block.level ?? 1, text };
  return { kind: "paragraph", text };
}

/** Indents by the place of each line, as PDFium gives no spaces at its begin. */
function indentedLines(lines: readonly PdfLine[]): string {
  const left = Math.min(...lines.map((line) => line.x));
  return lines
    .map(
      (line) =>
        " ".repeat(Math.min(40, Math.round((line.x - left) / (line.size * 0.5 || 1)))) + line.text.trim(),
    )
    .join("\n");
}

/** Lines joined by a space, or by a line break before those that start anew. */
function joinLines(texts: readonly string[], startsAnew: (text: string) => boolean): string {
  return texts.reduce((joined, text) => joined + (startsAnew(text) ? "\n" : " ") + text);
}
