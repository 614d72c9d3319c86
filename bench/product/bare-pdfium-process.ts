import { performance } from "node:perf_hooks";
import { readBare } from "../extract/bare-pdfium.ts";

/** Reads one PDF by PDFium alone, in one thread of a process of its own; prints how long that took, in ms. */
const startedMs = performance.now();
await readBare(process.argv[2] ?? "");
process.stdout.write(String(performance.now() - startedMs));
