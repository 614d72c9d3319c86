import { inflateRawSync } from "node:zlib";
import { documentLimits } from "../document-limits.ts";
import { documentError } from "../rejection.ts";
import { readZipDirectory, requireModestZip, type ZipEntry } from "./zip-directory.ts";

const localSignature = 0x04034b50;
const stored = 0;
const deflated = 8;

/**
 * The wanted parts of a zip. Before anything is inflated the declared sizes are checked; while inflating, each part
 * is held to what it declared, as a bomb may lie.
 * @throws WaybillError `document_corrupt`, `document_encrypted`, `document_too_large`
 */
export function inflateParts(zip: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  const entries = readZipDirectory(zip);
  requireModestZip(entries, zip.length);
  const parts: Record<string, Uint8Array> = {};
  for (const entry of entries) {
    if (!wanted(entry.name)) continue;
    if (entry.encrypted) throw documentError("document_encrypted");
    parts[entry.name] = inflatePart(zip, entry);
  }
  return parts;
}

function inflatePart(zip: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  const at = entry.localOffset;
  if (at + 30 > zip.length || view.getUint32(at, true) !== localSignature)
    throw documentError("document_corrupt");
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const content = zip.subarray(start, start + entry.compressedBytes);
  if (content.length < entry.compressedBytes) throw documentError("document_corrupt");
  if (entry.method === stored) return content;
  if (entry.method !== deflated) throw documentError("document_unsupported", { zipMethod: entry.method });
  const maxOutputLength = Math.min(Math.max(entry.inflatedBytes, 1), documentLimits.inflatedBytes);
  try {
    return inflateRawSync(content, { maxOutputLength });
  } catch (cause) {
    const beyond = cause instanceof RangeError;
    throw documentError(beyond ? "document_too_large" : "document_corrupt", { part: entry.name }, cause);
  }
}
