import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { printPdf } from "./browser-pdf.ts";
import { makeDocx } from "./make-docx.ts";

/** The sample documents: Waybill's own documentation in each format that it reads. */
const sampleNames = [
  "waybill-architecture.pdf",
  "waybill-deploy.docx",
  "waybill-decisions.html",
  "waybill-readme.md",
  "waybill-errors.txt",
] as const;

/**
 * Makes the sample documents in `folder` unless they are there. Each appears under its name only when it is whole.
 * @returns their paths
 */
export async function makeSamples(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(folder));
  for (const name of sampleNames) {
    if (there.has(name)) continue;
    const partial = join(folder, `.${name}.part`);
    await writeFile(partial, await makeSample(name));
    await rename(partial, join(folder, name));
  }
  return sampleNames.map((name) => join(folder, name));
}

async function makeSample(name: (typeof sampleNames)[number]): Promise<Buffer | string> {
  switch (name) {
    case "waybill-architecture.pdf":
      return printPdf(toHtml("Architecture of Waybill", await readFile("docs/architecture.md", "utf8")));
    case "waybill-deploy.docx":
      return makeDocx("Deploying Waybill", await readFile("docs/deploy.md", "utf8"));
    case "waybill-decisions.html":
      return toHtml("Decisions", await readFolder("docs/decisions"));
    case "waybill-readme.md":
      return readFile("README.md", "utf8");
    case "waybill-errors.txt":
      return readFolder("docs/errors");
  }
}

function toHtml(title: string, markdown: string): string {
  const body = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>body{font:11pt/1.5 sans-serif}pre{white-space:pre-wrap}</style></head><body>${body}</body></html>`;
}

async function readFolder(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.join("\n\n");
}
