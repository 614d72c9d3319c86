import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { init, type Methods } from "@embedpdf/pdfium";
import { limitWasmMemory } from "./limit-wasm-memory.ts";

/** PDFium in WebAssembly with one scratch buffer, the way we use it: single-threaded, one per worker. */
export interface Pdfium {
  readonly api: Methods;
  /** Copies bytes into PDFium's memory; the caller frees them. Returns 0 when there is no room. */
  store(bytes: Uint8Array): number;
  free(pointer: number): void;
  /** Bytes that PDFium's memory takes now; it never shrinks. */
  memoryBytes(): number;
  /** The scratch buffer, at least `bytes` long, until the next call of `scratch`. */
  scratch(bytes: number): number;
  /** A copy of what lies there. */
  bytes(pointer: number, length: number): Uint8Array<ArrayBuffer>;
  utf16(pointer: number, characters: number): string;
  utf8(pointer: number): string;
  float32(pointer: number): number;
  float64(pointer: number): number;
}

/** The parts of Emscripten's module that the package's types take from a package it does not bring along. */
interface PdfiumMemory {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void };
}

/**
 * Starts PDFium in this thread.
 * @param memoryLimitBytes what its memory may grow to; beyond, an allocation in it fails
 */
export async function startPdfium(memoryLimitBytes: number): Promise<Pdfium> {
  const path = createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm");
  const wasmBinary = limitWasmMemory(await readFile(path), memoryLimitBytes).buffer;
  const overrides: Record<string, unknown> = { wasmBinary, print: ignore, printErr: ignore };
  const api = await init(overrides);
  api.PDFiumExt_Init();
  const memory: PdfiumMemory = memoryOf(api.pdfium);
  // The memory moves when it grows: a view must be made anew for each read.
  const view = () => new DataView(memory.HEAPU8.buffer);
  let scratchBytes = 64 * 1024;
  let scratch = memory.wasmExports.malloc(scratchBytes);

  return {
    api,
    store(bytes) {
      const pointer = memory.wasmExports.malloc(bytes.length);
      if (pointer !== 0) memory.HEAPU8.set(bytes, pointer);
      return pointer;
    },
    free: (pointer) => memory.wasmExports.free(pointer),
    memoryBytes: () => memory.HEAPU8.length,
    scratch(bytes) {
      if (bytes > scratchBytes) {
        memory.wasmExports.free(scratch);
        scratchBytes = bytes;
        scratch = memory.wasmExports.malloc(bytes);
        if (scratch === 0) throw new RangeError("PDFium has no memory left.");
      }
      return scratch;
    },
    bytes: (pointer, length) => memory.HEAPU8.slice(pointer, pointer + length),
    utf16: (pointer, characters) =>
      Buffer.from(memory.HEAPU8.buffer, pointer, characters * 2).toString("utf16le"),
    utf8: (pointer) => api.pdfium.UTF8ToString(pointer),
    float32: (pointer) => view().getFloat32(pointer, true),
    float64: (pointer) => view().getFloat64(pointer, true),
  };
}

/** The module as Emscripten builds it: HEAPU8 and wasmExports are always there after `init`. */
function memoryOf(module: object): PdfiumMemory {
  return module as PdfiumMemory;
}

function ignore(): void {
  // PDFium writes warnings about damaged files; they say nothing that its error codes do not.
}
