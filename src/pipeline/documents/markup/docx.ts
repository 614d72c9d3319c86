import { zipSync } from "fflate";
import mammoth from "mammoth";
import { documentError } from "../rejection.ts";
import { readHtml } from "./html-blocks.ts";
import type { MarkupContent } from "./markup-content.ts";
import { readWordMetadata } from "./word-metadata.ts";
import { inflateParts } from "./zip-parts.ts";

const oleSignature = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * A Word document by way of HTML. Only its XML parts are inflated, under a hard limit, and mammoth is given those:
 * it would inflate whatever a part turns out to hold.
 * @throws WaybillError `document_encrypted`, `document_corrupt`, `document_too_large`, `document_unsupported`
 */
export async function readDocx(bytes: Uint8Array): Promise<MarkupContent> {
  // Office wraps an encrypted document into its older container.
  if (Buffer.from(bytes.subarray(0, 4)).equals(oleSignature)) throw documentError("document_encrypted");
  const parts = inflateParts(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  if (parts["word/document.xml"] === undefined) throw documentError("document_unsupported");
  const buffer = Buffer.from(zipSync(parts, { level: 0 }));
  const { value } = await mammoth
    .convertToHtml({ buffer }, { convertImage: mammoth.images.imgElement(async () => ({ src: "" })) })
    .catch((cause: unknown) => {
      // A stack overflow says that the document is nested too deep, and is told apart further up.
      throw cause instanceof RangeError ? cause : documentError("document_corrupt", {}, cause);
    });
  return { blocks: readHtml(value).blocks, metadata: readWordMetadata(parts["docProps/core.xml"]) };
}
