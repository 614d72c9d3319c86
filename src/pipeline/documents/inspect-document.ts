import { WaybillError } from "../../kernel/errors.ts";
import type { DocumentPool } from "./document-pool.ts";
import type { InspectedDocument } from "./document-task.ts";
import type { MediaType } from "./media-type.ts";
import type { DocumentRejection } from "./rejection.ts";

/**
 * Reads what a document says about itself and makes sure that it can be read at all: pages, outline, metadata.
 * @throws WaybillError `internal_error` when the reading failed by our own fault
 */
export async function inspectDocument(
  pool: DocumentPool,
  input: { readonly path: string; readonly mediaType: MediaType },
): Promise<InspectedDocument | DocumentRejection> {
  const result = await pool.run({ kind: "inspect", path: input.path, mediaType: input.mediaType });
  if (result.kind === "inspected" || result.kind === "rejected") return result;
  throw new WaybillError("internal_error", { internal: `Inspection was ${result.kind}.` });
}
