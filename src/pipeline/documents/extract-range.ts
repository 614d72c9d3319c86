import { WaybillError } from "../../kernel/errors.ts";
import type { DocumentPool } from "./document-pool.ts";
import type { ExtractedRange } from "./document-task.ts";
import type { MediaType } from "./media-type.ts";
import type { PageRange } from "./page-ranges.ts";
import type { DocumentRejection } from "./rejection.ts";

/**
 * The blocks of a range of pages, page by page. A document without pages gives one page numbered null.
 * @throws WaybillError `internal_error` when the reading failed by our own fault
 */
export async function extractRange(
  pool: DocumentPool,
  input: { readonly path: string; readonly mediaType: MediaType; readonly range: PageRange },
): Promise<ExtractedRange | DocumentRejection> {
  const { path, mediaType, range } = input;
  const result = await pool.run({ kind: "extract", path, mediaType, range: { ...range } });
  if (result.kind === "extracted" || result.kind === "rejected") return result;
  throw new WaybillError("internal_error", { internal: `Extraction was ${result.kind}.` });
}
