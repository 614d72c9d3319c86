import { assertNever } from "../../kernel/assert-never.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { MediaType } from "../documents/media-type.ts";
import { sniffMediaType } from "../documents/sniff.ts";
import type { MeasuredContent } from "./measure-content.ts";

/**
 * The media type of content that may be stored, told by the content. Text under a name that claims another
 * type is let in: inspection refuses it with a sentence about the name, and the file is there to look at.
 * @throws WaybillError file_empty, file_type_unsupported
 */
export async function checkContent(content: MeasuredContent, name: string): Promise<MediaType> {
  const sniffed = await sniffMediaType(content.head, name);
  switch (sniffed.kind) {
    case "supported":
    case "mismatch":
      return sniffed.mediaType;
    case "empty":
      throw new WaybillError("file_empty");
    case "unsupported":
      throw new WaybillError("file_type_unsupported", { details: { detected: sniffed.detected } });
    default:
      return assertNever(sniffed);
  }
}
