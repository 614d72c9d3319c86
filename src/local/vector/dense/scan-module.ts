import { readFileSync } from "node:fs";
import createWabt from "wabt";
import { z } from "zod";

/** Compares a query with the chosen of `count` rows of `bytes` each; all places are byte offsets into the memory. */
type Scan = (query: number, rows: number, count: number, bytes: number, chosen: number, out: number) => void;

/** The two comparisons over one memory. */
export interface Scans {
  readonly dots: Scan;
  readonly distances: Scan;
}

const source = new URL("scan.wat", import.meta.url);
const scansSchema = z.object({
  dots: z.custom<Scan>((value) => typeof value === "function"),
  distances: z.custom<Scan>((value) => typeof value === "function"),
});

// Assembled at each start, so that what runs is what can be read.
const scanModule = await assemble();

/** The comparisons of scan.wat over a memory. */
export function scansOver(memory: WebAssembly.Memory): Scans {
  return scansSchema.parse(new WebAssembly.Instance(scanModule, { waybill: { memory } }).exports);
}

async function assemble(): Promise<WebAssembly.Module> {
  const wabt = await createWabt();
  const parsed = wabt.parseWat("scan.wat", readFileSync(source, "utf8"), { simd: true });
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return new WebAssembly.Module(new Uint8Array(buffer));
}
