import { WaybillError } from "../../kernel/errors.ts";
import type { DocumentPool } from "./document-pool.ts";
import type { DrawnPage } from "./document-task.ts";
import type { MediaType } from "./media-type.ts";
import type { DocumentRejection } from "./rejection.ts";

/**
 * A page, from 1, as a PNG.
 * @throws WaybillError `internal_error` when the drawing failed by our own fault
 */
export async function drawPage(
  pool: DocumentPool,
  input: { readonly path: string; readonly mediaType: MediaType; readonly page: number },
): Promise<DrawnPage | DocumentRejection> {
  const { path, mediaType, page } = input;
  const result = await pool.run({ kind: "picture", path, mediaType, page });
  if (result.kind === "drawn" || result.kind === "rejected") return result;
  throw new WaybillError("internal_error", { internal: `Drawing was ${result.kind}.` });
}
