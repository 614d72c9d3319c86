import { open } from "node:fs/promises";
import { assertNever } from "../../kernel/assert-never.ts";
import type { MediaType } from "./media-type.ts";
import { type DocumentRejection, rejectDocument } from "./rejection.ts";
import { sniffBytes, sniffMediaType } from "./sniff.ts";

/** A document of a type that can be read. */
export interface IdentifiedDocument {
  readonly kind: "identified";
  readonly mediaType: MediaType;
}

/** Tells a stored file's type by its first bytes; what cannot be read is rejected before any parser sees it. */
export async function identifyDocument(input: {
  readonly path: string;
  readonly name: string;
}): Promise<IdentifiedDocument | DocumentRejection> {
  const sniffed = await sniffMediaType(await readHead(input.path), input.name);
  switch (sniffed.kind) {
    case "supported":
      return { kind: "identified", mediaType: sniffed.mediaType };
    case "empty":
      return rejectDocument("document_empty");
    case "mismatch":
      return rejectDocument("document_type_mismatch", { claimed: sniffed.claimed, found: sniffed.mediaType });
    case "unsupported":
      return rejectDocument("document_unsupported", { found: sniffed.detected });
    default:
      return assertNever(sniffed);
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
