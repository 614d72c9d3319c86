/**
 * Measures tokenizers and two ways of cutting text on the text of one PDF:
 *   node bench/extract/chunks.ts [--file some.pdf] [--others DIR] [--rounds 3]
 * DIR holds a node_modules with tiktoken and js-tiktoken.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { defaultChunkSettings } from "../../src/pipeline/chunking/chunk.ts";
import { chunkDocument } from "../../src/pipeline/chunking/chunk-document.ts";
import { openPdf } from "../../src/pipeline/documents/pdf/open-pdf.ts";
import { startPdfium } from "../../src/pipeline/documents/pdf/pdfium.ts";
import { countTokens } from "../../src/pipeline/documents/token-count.ts";
import { manualPdf } from "../../tests/support/documents/manual-pdf.ts";
import { type Candidate, measure } from "./measure.ts";

const { values } = parseArgs({
  options: { file: { type: "string" }, others: { type: "string" }, rounds: { type: "string", default: "3" } },
});
const bytes = values.file ? readFileSync(values.file) : manualPdf({ pages: 3000 });
const pages = openPdf(await startPdfium(1024 * 1024 * 1024), bytes).extract({
  firstPage: 1,
  lastPage: 100_000,
});
const texts = pages.flatMap((page) => page.blocks.map((block) => `${block.text}\n\n`));
const characters = texts.reduce((sum, text) => sum + text.length, 0);
const totalOf = (count: (text: string) => number) =>
  `${texts.reduce((sum, text) => sum + count(text), 0)} tokens`;

/** Cuts the usual way: joins paragraphs while the joined text, counted anew each time, stays within the limit. */
function cutByRecounting(): string {
  let chunks = 0;
  let open = "";
  for (const text of texts) {
    if (open !== "" && countTokens(open + text) > defaultChunkSettings.maxTokens) {
      chunks += 1;
      open = "";
    }
    open += text;
  }
  return `${chunks + 1} chunks`;
}

interface Encoding {
  encode(text: string, allowed: string[], disallowed: string[]): { length: number };
}

// The object itself, not a copy: its methods need it.
const encoding = z.custom<Encoding>(
  (value) => typeof value === "object" && value !== null && "encode" in value,
);

function others(folder: string): Candidate[] {
  const load = createRequire(path.join(path.resolve(folder), "package.json"));
  const getter = z.object({ get_encoding: z.custom<(name: string) => unknown>() });
  const jsGetter = z.object({ getEncoding: z.custom<(name: string) => unknown>() });
  const wasm = encoding.parse(getter.parse(load("tiktoken")).get_encoding("cl100k_base"));
  const js = encoding.parse(jsGetter.parse(load("js-tiktoken")).getEncoding("cl100k_base"));
  return [
    { name: "tiktoken (wasm)", run: () => totalOf((text) => wasm.encode(text, [], []).length) },
    { name: "js-tiktoken", run: () => totalOf((text) => js.encode(text, [], []).length) },
  ];
}

await measure(
  `Tokens and chunks of ${(characters / 1e6).toFixed(1)} million characters in ${texts.length} blocks`,
  [
    { name: "gpt-tokenizer, once a block", run: () => totalOf(countTokens) },
    ...(values.others ? others(values.others) : []),
    {
      name: "chunks from block counts (ours)",
      run: () => `${chunkDocument(pages, defaultChunkSettings).length} chunks`,
    },
    { name: "chunks by counting the joined text", run: cutByRecounting },
  ],
  Number(values.rounds),
);
