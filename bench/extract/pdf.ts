/**
 * Measures the reading of PDFs: PDFium's bare text, our extraction on one and two threads with ranges of several
 * sizes, and other libraries. Run with Node 24:
 *   node bench/extract/pdf.ts [--file some.pdf] [--others DIR] [--rounds 3]
 * DIR holds a node_modules with unpdf and @hyzyla/pdfium; without it only PDFium and we are measured.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { systemClock } from "../../src/kernel/clock.ts";
import { createDocumentPool } from "../../src/pipeline/documents/document-pool.ts";
import { extractRange } from "../../src/pipeline/documents/extract-range.ts";
import { inspectDocument } from "../../src/pipeline/documents/inspect-document.ts";
import { planPageRanges } from "../../src/pipeline/documents/page-ranges.ts";
import { manualPdf } from "../../tests/support/documents/manual-pdf.ts";
import { readBare } from "./bare-pdfium.ts";
import { type Candidate, measure } from "./measure.ts";

const { values } = parseArgs({
  options: { file: { type: "string" }, others: { type: "string" }, rounds: { type: "string", default: "3" } },
});
const mediaType = "application/pdf" as const;

function generated(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "waybill-bench-")), "manual.pdf");
  writeFileSync(file, manualPdf({ pages: 3000 }));
  return file;
}

function ours(file: string, threads: number, pagesPerRange: number): Candidate {
  return {
    name: `Waybill, ${threads} thread${threads > 1 ? "s" : ""}, ${pagesPerRange} pages a range`,
    async run() {
      const workerPath = path.resolve("src/pipeline/documents/worker.ts");
      const settings = { workerPath, threads, timeLimitMs: 300_000, memoryLimitMb: 512, clock: systemClock };
      const pool = createDocumentPool(settings);
      const facts = await inspectDocument(pool, { path: file, mediaType });
      const pages = facts.kind === "inspected" ? facts.pages : 0;
      const ranges = planPageRanges(pages, { pagesPerRange, maxRanges: 1000 });
      const read = await Promise.all(
        ranges.map((range) => extractRange(pool, { path: file, mediaType, range })),
      );
      await pool.close();
      const blocks = read
        .flatMap((result) => (result.kind === "extracted" ? result.pages : []))
        .flatMap((page) => page.blocks);
      const tokens = blocks.reduce((sum, block) => sum + block.tokens, 0);
      return `${ranges.length} ranges, ${blocks.length} blocks, ${tokens} tokens`;
    },
  };
}

async function others(file: string, folder: string): Promise<Candidate[]> {
  const require = createRequire(path.join(path.resolve(folder), "package.json"));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(require.resolve(name)).href);
  const unpdf = z
    .object({ extractText: z.custom<(data: Uint8Array) => Promise<{ text: string[] }>>() })
    .parse(await load("unpdf"));
  const hyzyla = z
    .object({ PDFiumLibrary: z.custom<{ init(): Promise<HyzylaLibrary> }>() })
    .parse(await load("@hyzyla/pdfium"));
  return [
    {
      name: "@hyzyla/pdfium, bare text",
      async run() {
        const library = await hyzyla.PDFiumLibrary.init();
        const document = await library.loadDocument(readFileSync(file));
        let characters = 0;
        for (const page of document.pages()) characters += page.getText().length;
        document.destroy();
        library.destroy();
        return `${characters} characters`;
      },
    },
    {
      name: "unpdf (pdf.js), bare text",
      async run() {
        const { text } = await unpdf.extractText(new Uint8Array(readFileSync(file)));
        return `${text.join("").length} characters`;
      },
    },
  ];
}

interface HyzylaLibrary {
  loadDocument(bytes: Uint8Array): Promise<{ pages(): Iterable<{ getText(): string }>; destroy(): void }>;
  destroy(): void;
}

const file = values.file ?? generated();
await measure(
  `Reading ${path.basename(file)}, ${(readFileSync(file).length / 1e6).toFixed(1)} MB`,
  [
    { name: "@embedpdf/pdfium, bare text", run: async () => `${await readBare(file)} characters` },
    ...[50, 200, 400].map((pagesPerRange) => ours(file, 2, pagesPerRange)),
    ours(file, 1, 200),
    ...(values.others ? await others(file, values.others) : []),
  ],
  Number(values.rounds),
);
