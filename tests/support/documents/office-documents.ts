import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";

const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
const row = (...texts: string[]) => new TableRow({ children: texts.map(cell) });
const bullet = (text: string, level: number) => new Paragraph({ text, bullet: { level } });

/** A Word document with a title, headings on two levels, a list on two levels and a table. */
export function handbookDocx(): Promise<Buffer> {
  const document = new Document({
    title: "Handbook",
    creator: "Waybill",
    sections: [
      {
        children: [
          new Paragraph({ text: "Handbook", heading: HeadingLevel.HEADING_1 }),
          new Paragraph("How goods travel."),
          new Paragraph({ text: "Packing", heading: HeadingLevel.HEADING_2 }),
          new Paragraph({
            children: [
              new TextRun("Pack "),
              new TextRun({ text: "dry", bold: true }),
              new TextRun(" goods."),
            ],
          }),
          bullet("Boxes", 0),
          bullet("Small boxes", 1),
          bullet("Crates", 0),
          new Paragraph({ text: "Prices", heading: HeadingLevel.HEADING_2 }),
          new Table({ rows: [row("Weight", "Price"), row("1 kg", "3 €"), row("5 kg", "9 €")] }),
          new Paragraph("Prices hold for a year."),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
