import { cleanFileName } from "../../pipeline/files/file-name.ts";
import { storeUpload } from "../../pipeline/files/store-upload.ts";
import type { AcceptedUpload } from "../../pipeline/files/upload-view.ts";
import { findProject } from "../../pipeline/projects/find-project.ts";
import type { ApiContext } from "../context.ts";
import { withMultipart } from "./read-multipart.ts";

/**
 * An upload in one request, for API clients.
 * @throws WaybillError malformed_request, upload_incomplete, project_not_found, file_*, provider_*
 */
export function receiveMultipart(ctx: ApiContext, request: Request): Promise<AcceptedUpload> {
  const receivedAt = ctx.clock.now();
  const options = {
    maxBytes: ctx.env.WAYBILL_MAX_UPLOAD_BYTES,
    findProject: (slug: string) => findProject(ctx, slug),
  };
  return withMultipart(request, options, ({ project, file }) =>
    storeUpload(ctx, {
      project,
      name: cleanFileName(file.sentName),
      content: file.content,
      open: file.open,
      receivedAt,
    }),
  );
}
