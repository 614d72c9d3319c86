import { deflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { manualPdf } from "./manual-pdf.ts";
import { assemble, writePdf } from "./pdf-writer.ts";

/** A PDF that opens only with a password. */
export function encryptedPdf(): Buffer {
  const line = { text: "Nobody reads this without the password.", x: 72, y: 700, size: 12 };
  return writePdf({ pages: [[line]], userPassword: "secret" });
}

/** The first fifth of a PDF: its pages are named, the cross-reference table is cut off. */
export function truncatedPdf(): Buffer {
  const whole = manualPdf({ pages: 20 });
  return whole.subarray(0, Math.floor(whole.length / 5));
}

/** A PDF that holds pictures and no text, as a scanner makes it. */
export function scannedPdf(pages = 3): Buffer {
  return writePdf({ pages: Array.from({ length: pages }, () => []) });
}

/** A PDF one of whose objects is an array in an array, `depth` levels deep. */
export function nestedPdf(depth = 1000): Buffer {
  const line = { text: "The page itself is harmless.", x: 72, y: 700, size: 12 };
  return writePdf({ pages: [[line]], extraObjects: [`${"[ ".repeat(depth)}1${" ]".repeat(depth)}`] });
}

/** A PDF whose only page hangs below `depth` levels of page tree nodes. */
export function deepPageTreePdf(depth = 1000): Buffer {
  const nodes = Array.from({ length: depth }, (_, index) => {
    const parent = index === 0 ? "" : ` /Parent ${index + 1} 0 R`;
    return `<< /Type /Pages /Count 1 /Kids [${index + 3} 0 R]${parent} >>`;
  });
  const page = `<< /Type /Page /Parent ${depth + 1} 0 R /MediaBox [0 0 595 842] >>`;
  return assemble(["<< /Type /Catalog /Pages 2 0 R >>", ...nodes, page], "/Root 1 0 R");
}

/** A DOCX of 64 kB that says that its document inflates to `inflatedBytes`; 64 MB of them are there. */
export function zipBombDocx(inflatedBytes = 1024 * 1024 * 1024): Buffer {
  return docxOf(deflateRawSync(Buffer.alloc(Math.min(inflatedBytes, 64 * 1024 * 1024), 0x20)), inflatedBytes);
}

/** A DOCX whose document inflates to 64 MB and declares 1,000 bytes. */
export function lyingZipBombDocx(): Buffer {
  return docxOf(deflateRawSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), 1000);
}

/** A zip that is no Word document. */
export function zipWithoutWord(): Buffer {
  return Buffer.from(zipSync({ "readme.txt": Buffer.from("Not a Word document.") }));
}

/** Plain text under a name that promises a PDF. */
export const textNamedPdf = {
  name: "report.pdf",
  bytes: Buffer.from("Only text, whatever the name says.\n"),
};

/** Bytes of no format. */
export function binaryGarbage(): Buffer {
  return Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3) * 31) & 255));
}

/** A zip written by hand with one deflated part, so that its declared size can be any. */
function docxOf(deflated: Buffer, declaredBytes: number): Buffer {
  const name = Buffer.from("word/document.xml");
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(deflated.length, 4);
  sizes.writeUInt32LE(declaredBytes, 8);
  const common = Buffer.concat([
    Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
    sizes,
    Buffer.from([name.length, 0, 0, 0]),
  ]);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, deflated]);
  const entry = Buffer.concat([
    Buffer.from("PK\x01\x02"),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

/** What Office writes when a password is set: its older container, around the encrypted document. */
export function encryptedDocx(): Buffer {
  return Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2048)]);
}

/** A DOCX without its end, where a zip keeps its directory. */
export function truncatedDocx(): Buffer {
  const whole = zipSync({ "word/document.xml": Buffer.from(manualPdf({ pages: 2 }).toString("hex")) });
  return Buffer.from(whole.subarray(0, whole.length / 2));
}

/** Lists in each other, three thousand levels deep. */
export function nestedMarkdown(): Buffer {
  return Buffer.from(`${"- ".repeat(3000)}x`);
}
