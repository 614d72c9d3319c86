import { fileTypeFromBuffer } from "file-type";
import { detectEncoding } from "./decode-text.ts";
import {
  claimedTextType,
  claimsBinaryFormat,
  docxMediaType,
  fileExtension,
  type MediaType,
} from "./media-type.ts";

/** What the first bytes of a file say about it. */
export type SniffResult =
  | { readonly kind: "supported"; readonly mediaType: MediaType }
  /** Text under a name that claims a binary format. */
  | { readonly kind: "mismatch"; readonly mediaType: MediaType; readonly claimed: string }
  /** `detected` is the media type where it is known. */
  | { readonly kind: "unsupported"; readonly detected: string | null }
  | { readonly kind: "empty" };

/** How many bytes of a file `sniffMediaType` wants to see; fewer only when the file is shorter. */
export const sniffBytes = 64 * 1024;

const oleSignature = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * Tells the type of a document by its content; the name decides only between text formats. A signature wins
 * over the name. A zip under a .docx name passes here when its directory lies beyond `head`: inspection looks.
 */
export async function sniffMediaType(head: Uint8Array, name: string): Promise<SniffResult> {
  if (head.length === 0) return { kind: "empty" };
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, sniffBytes));
  // Readers allow for bytes before the header; a text that speaks of it is no PDF.
  const header = bytes.subarray(0, 1024).indexOf("%PDF-");
  if (header === 0 || (header > 0 && claimedTextType(name) === undefined))
    return { kind: "supported", mediaType: "application/pdf" };
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\x03\x04"))) {
    const isWord = bytes.includes("word/document.xml") || fileExtension(name) === "docx";
    if (isWord) return { kind: "supported", mediaType: docxMediaType };
  }
  // An encrypted Word document stands in Office's older container: inspection says so.
  if (bytes.subarray(0, 4).equals(oleSignature) && fileExtension(name) === "docx") {
    return { kind: "supported", mediaType: docxMediaType };
  }
  const text = textOf(bytes);
  const detected = text !== undefined && isPlainly(text, bytes) ? null : await detectSignature(bytes);
  if (detected !== null) return { kind: "unsupported", detected };
  if (text === undefined) return { kind: "unsupported", detected: null };
  const mediaType = textType(text, name);
  if (mediaType === undefined) return { kind: "unsupported", detected: "application/xml" };
  if (claimsBinaryFormat(name)) return { kind: "mismatch", mediaType, claimed: fileExtension(name) };
  return { kind: "supported", mediaType };
}

/** Text that needs no look at signatures: XML has one, but XHTML is ours; UTF-16's mark is taken for MPEG audio. */
function isPlainly(text: string, bytes: Uint8Array): boolean {
  return text.trimStart().startsWith("<") || detectEncoding(bytes).startsWith("utf-16");
}

async function detectSignature(bytes: Uint8Array): Promise<string | null> {
  // A zip is not handed over: file-type would inflate parts of it.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return "application/zip";
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? null;
  } catch {
    // A head cut off in the middle of a structure: no signature that we could name.
    return null;
  }
}

/** The head as text, or undefined when it is no text: control characters beside white space. */
function textOf(bytes: Uint8Array): string | undefined {
  // As a stream: a character that the end of the head cuts off is no fault.
  const text = new TextDecoder(detectEncoding(bytes)).decode(bytes, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their presence is the question
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return controls === 0 || controls * 500 < text.length ? text : undefined;
}

function textType(text: string, name: string): MediaType | undefined {
  const start = text.trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    return "text/html";
  const claimed = claimedTextType(name);
  if (claimed !== undefined) return claimed;
  if (/^<\?xml/.test(start)) return undefined;
  if ((start.match(/<\/(?:p|div|h[1-6]|table|ul|ol|span|a)>/gi)?.length ?? 0) >= 3) return "text/html";
  return looksLikeMarkdown(text) ? "text/markdown" : "text/plain";
}

/** At least two kinds of Markdown's marks: one alone occurs in plain text as well. */
function looksLikeMarkdown(text: string): boolean {
  const marks = [
    /^#{1,6} \S/m,
    /^(?:```|~~~)/m,
    /\[[^\]\n]+\]\([^)\s]+\)/,
    /^[-*+] \S/m,
    /\*\*[^*\n]+\*\*/,
    /^\|.*\|\s*$/m,
  ];
  return marks.filter((mark) => mark.test(text)).length >= 2;
}
