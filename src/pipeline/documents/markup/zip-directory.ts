import { documentLimits } from "../document-limits.ts";
import { documentError } from "../rejection.ts";

/** One part of a zip as its central directory declares it; sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly compressedBytes: number;
  readonly inflatedBytes: number;
  readonly encrypted: boolean;
  /** Compression method: 0 stored, 8 deflated. */
  readonly method: number;
  /** Where its local header begins. */
  readonly localOffset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const longestComment = 65_535;

/**
 * The central directory of a zip; nothing is inflated.
 * @throws WaybillError `document_corrupt` when there is none, `document_too_large` with too many parts
 */
export function readZipDirectory(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > documentLimits.zipEntries) throw documentError("document_too_large", { parts: count });
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) throw documentError("document_corrupt");
    const nameBytes = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameBytes)),
      compressedBytes: view.getUint32(at + 20, true),
      inflatedBytes: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      localOffset: view.getUint32(at + 42, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * Refuses a zip that declares more than may be inflated.
 * @throws WaybillError `document_too_large`
 */
export function requireModestZip(entries: readonly ZipEntry[], zipBytes: number): void {
  const inflatedBytes = entries.reduce((sum, entry) => sum + entry.inflatedBytes, 0);
  const ratio = Math.round(inflatedBytes / zipBytes);
  const swollen = inflatedBytes > documentLimits.alwaysInflatedBytes && ratio > documentLimits.inflationRatio;
  if (inflatedBytes > documentLimits.inflatedBytes || swollen) {
    throw documentError("document_too_large", { inflatedBytes, ratio });
  }
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - endBytes - longestComment);
  for (let at = view.byteLength - endBytes; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw documentError("document_corrupt");
}
