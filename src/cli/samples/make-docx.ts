import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString as textOf } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const;

/** Writes Markdown as a Word document: headings, paragraphs, lists, tables. @returns the bytes of the DOCX */
export async function makeDocx(title: string, markdown: string): Promise<Buffer> {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const document = new Document({
    title,
    creator: "Waybill",
    sections: [{ children: tree.children.flatMap(toWord) }],
  });
  return Packer.toBuffer(document);
}

type MarkdownNode = ReturnType<typeof fromMarkdown>["children"][number];

function toWord(node: MarkdownNode): (Paragraph | Table)[] {
  switch (node.type) {
    case "heading":
      return [
        new Paragraph({ text: textOf(node), heading: headings[node.depth - 1] ?? HeadingLevel.HEADING_5 }),
      ];
    case "list":
      return node.children.map((item) => new Paragraph({ text: textOf(item), bullet: { level: 0 } }));
    case "table":
      return [
        new Table({
          rows: node.children.map(
            (row) =>
              new TableRow({
                children: row.children.map(
                  (cell) => new TableCell({ children: [new Paragraph(textOf(cell))] }),
                ),
              }),
          ),
        }),
      ];
    default:
      return textOf(node).trim() === "" ? [] : [new Paragraph(textOf(node))];
  }
}
