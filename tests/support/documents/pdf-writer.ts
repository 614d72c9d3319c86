import { deflateSync } from "node:zlib";
import { encryptPdf } from "./pdf-encryption.ts";

/** One line of text at a place on the page, in points from the lower left corner. */
export interface PdfLine {
  text: string;
  x: number;
  y: number;
  size: number;
  bold?: boolean;
  /** Puts the size into the text matrix and writes font size 1, as some producers do. */
  sizeInMatrix?: boolean;
}

/** An entry of the outline; `page` counts from 1. */
export interface PdfOutlineItem {
  title: string;
  page: number;
  children?: PdfOutlineItem[];
}

/** What a written PDF holds. */
export interface PdfContent {
  /** A page without lines is drawn as a picture-like rectangle: a scan has no text either. */
  pages: PdfLine[][];
  outline?: PdfOutlineItem[];
  info?: Record<string, string>;
  compress?: boolean;
  userPassword?: string;
  /** Objects written as they stand, after the document's own, by no page referred to. */
  extraObjects?: string[];
}

/** Writes a small, valid PDF 1.4: the standard Helvetica fonts, a flat page tree, an outline. */
export function writePdf(content: PdfContent): Buffer {
  const objects: (string | Buffer)[] = [];
  const add = (body: string | Buffer) => objects.push(body);
  const reserve = () => add("");
  const catalog = reserve();
  const pageTree = reserve();
  const info = reserve();
  const regular = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const bold = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
  const encryption = content.userPassword === undefined ? undefined : encryptPdf(content.userPassword);
  const protect = (number: number, bytes: Buffer) => encryption?.encrypt(number, bytes) ?? bytes;

  const pages = content.pages.map((lines) => {
    const page = reserve();
    const stream = reserve();
    const plain = Buffer.from(
      lines.length > 0 ? lines.map(drawLine).join("\n") : "0.5 g 72 72 400 600 re f",
      "latin1",
    );
    const body = protect(stream, content.compress ? deflateSync(plain) : plain);
    const filter = content.compress ? " /Filter /FlateDecode" : "";
    objects[stream - 1] = Buffer.concat([
      Buffer.from(`<< /Length ${body.length}${filter} >>\nstream\n`),
      body,
      Buffer.from("\nendstream"),
    ]);
    objects[page - 1] =
      `<< /Type /Page /Parent ${pageTree} 0 R /MediaBox [0 0 595 842] /Contents ${stream} 0 R ` +
      `/Resources << /Font << /F1 ${regular} 0 R /F2 ${bold} 0 R >> >> >>`;
    return page;
  });

  objects[pageTree - 1] =
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((page) => `${page} 0 R`).join(" ")}] >>`;
  const hex = (number: number, text: string) => `<${protect(number, utf16(text)).toString("hex")}>`;
  const entries = Object.entries(content.info ?? {}).map(([key, value]) => `/${key} ${hex(info, value)}`);
  objects[info - 1] = `<< ${entries.join(" ")} >>`;
  const outline = content.outline ? writeOutline(content.outline, pages, { objects, hex }) : undefined;
  const outlines = outline === undefined ? "" : ` /Outlines ${outline} 0 R`;
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${pageTree} 0 R${outlines} >>`;
  for (const extra of content.extraObjects ?? []) add(extra);
  const encrypt = encryption ? ` /Encrypt ${add(encryption.dictionary)} 0 R` : "";
  const id = encryption ? ` /ID [<${encryption.idHex}> <${encryption.idHex}>]` : "";
  return assemble(objects, `/Root ${catalog} 0 R /Info ${info} 0 R${encrypt}${id}`);
}

/** Numbers the objects from 1 and adds the header, the cross-reference table and the trailer. */
export function assemble(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let length = parts[0]?.length ?? 0;
  const push = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  const offsets = objects.map((body, index) => {
    const offset = length;
    push(Buffer.from(`${index + 1} 0 obj\n`));
    push(Buffer.from(body));
    push(Buffer.from("\nendobj\n"));
    return offset;
  });
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join("")}`));
  push(Buffer.from(`trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function drawLine(line: PdfLine): string {
  const font = line.bold ? "/F2" : "/F1";
  const place = line.sizeInMatrix
    ? `${font} 1 Tf ${line.size} 0 0 ${line.size} ${line.x} ${line.y} Tm`
    : `${font} ${line.size} Tf 1 0 0 1 ${line.x} ${line.y} Tm`;
  // A kern after every fourth word: typesetters break a line into several strings too.
  const text = line.text.replace(/[\\()]/g, "\\$&").replace(/((?:\S+ ){4})/g, "$1)-1(");
  return `BT ${place} [(${text})] TJ ET`;
}

interface OutlineTarget {
  objects: (string | Buffer)[];
  hex(objectNumber: number, text: string): string;
}

function writeOutline(items: PdfOutlineItem[], pages: number[], target: OutlineTarget): number {
  const root = target.objects.push("");
  const numbers = writeOutlineLevel(items, root, pages, target);
  target.objects[root - 1] = `<< /Type /Outlines ${ends(numbers)} /Count ${numbers.length} >>`;
  return root;
}

function writeOutlineLevel(
  items: PdfOutlineItem[],
  parent: number,
  pages: number[],
  target: OutlineTarget,
): number[] {
  const numbers = items.map(() => target.objects.push(""));
  items.forEach((item, index) => {
    const number = numbers[index] ?? 0;
    const children = writeOutlineLevel(item.children ?? [], number, pages, target);
    const before = index > 0 ? `/Prev ${numbers[index - 1]} 0 R ` : "";
    const after = index < items.length - 1 ? `/Next ${numbers[index + 1]} 0 R ` : "";
    const below = children.length > 0 ? `${ends(children)} /Count ${children.length} ` : "";
    target.objects[number - 1] =
      `<< /Title ${target.hex(number, item.title)} /Parent ${parent} 0 R ${before}${after}${below}` +
      `/Dest [${pages[item.page - 1]} 0 R /XYZ 0 842 0] >>`;
  });
  return numbers;
}

function ends(numbers: number[]): string {
  return `/First ${numbers[0]} 0 R /Last ${numbers.at(-1)} 0 R`;
}

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]);
}
